// A policy file as it was read: a name and bytes. Whoever reads folders is not here.

/** A file of a policy. `name` has no folder in it. */
export type PolicyFile = { readonly name: string; readonly bytes: Uint8Array };

/** Most bytes of one file; most files of a policy. */
export const MAX_POLICY_BYTES = 512 * 1024;
/** Most files of a policy. */
export const MAX_POLICY_FILES = 256;

/** True for the endings that hold rules. */
export function holdsRules(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

/** By name, code point by code point: the order in which files are asked. */
export function inNameOrder(files: readonly PolicyFile[]): readonly PolicyFile[] {
  return files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
