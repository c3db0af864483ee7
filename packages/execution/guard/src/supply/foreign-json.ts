// Reads members of foreign JSON without believing its shape: what is not there, or is something else, is empty.
// SECURITY: attacker-controlled objects may carry `__proto__` as an ordinary member; only own members are read.

/** An object's own member, undefined for anything else. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined;
  return (value as { readonly [name: string]: unknown })[name];
}

/** A string member of at most `most` UTF-16 units; undefined for anything else. */
export function textMember(value: unknown, name: string, most: number): string | undefined {
  const found = member(value, name);
  return typeof found === "string" && found.length <= most ? found : undefined;
}

/** The items of an array member, at most `most`; undefined when there are more. Empty for anything else. */
export function listMember(value: unknown, name: string, most: number): readonly unknown[] | undefined {
  const found = member(value, name);
  if (!Array.isArray(found)) return [];
  return found.length <= most ? found : undefined;
}

/** The own members of an object, as pairs; empty for anything else. */
export function members(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
