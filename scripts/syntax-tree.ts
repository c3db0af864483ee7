// Nodes of a syntax tree as plain objects, for the scripts that change sources while they are bundled.

/** A node; its other members are what the parser gives. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

/** The value as a node, null when it is none. */
export const node = (value: unknown): Node | null =>
  typeof value === "object" && value !== null && "type" in value ? (value as Node) : null; // checked

/** The nodes of a list, none when the value is no list. */
export const list = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.flatMap((one) => node(one) ?? []) : [];
