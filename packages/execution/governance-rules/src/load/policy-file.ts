// Which files hold a policy, in which order, and how much of them is read. Whoever reads folders is not here.

import type { PolicyFile } from "@ces/receipts";

/** Most bytes of one file. */
export const MAX_POLICY_BYTES = 256 * 1024;
/** Most files of a policy. */
export const MAX_POLICY_FILES = 256;

/** True for the endings that hold rules. */
export function holdsRules(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

/** True for the ending that holds Cedar policies. */
export function holdsCedar(name: string): boolean {
  return /\.cedar$/i.test(name);
}

/** By name, code point by code point: the order in which files are asked. */
export function inNameOrder(files: readonly PolicyFile[]): readonly PolicyFile[] {
  return files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
