// Tokens as a tree of brackets. Built while the text is read, so that a lexer can ask what stands before it.
import { type Cursor, giveUp } from "./cursor.ts";

/** A stretch of a string: known text, or code that is run to make it. */
export type Piece = string | readonly Node[];

/** One token. `shell` is text that a shell runs; `end` is a line end or semicolon that ends a statement. */
export interface Leaf {
  readonly kind: "name" | "number" | "text" | "shell" | "regex" | "op" | "end";
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** White space stands before it. */
  readonly spaced: boolean;
  /** It is the first of its line. */
  readonly fresh: boolean;
}

/** A pair of brackets; `text` is the opening one. */
export interface Group {
  readonly kind: "group";
  readonly text: string;
  readonly items: readonly Node[];
  readonly spaced: boolean;
  readonly fresh: boolean;
}

/** A token or a pair of brackets with what is in it. */
export type Node = Leaf | Group;

/** A tree under construction. */
export interface Tree {
  readonly cursor: Cursor;
  /** The level that is being filled. */
  nodes: Node[];
  readonly open: { readonly text: string; readonly nodes: Node[]; readonly spaced: boolean; readonly fresh: boolean }[];
  spaced: boolean;
  fresh: boolean;
}

const deepest = 90;
const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** An empty tree at the cursor; a nested one for code inside a string shares the cursor and its depth. */
export const startTree = (cursor: Cursor): Tree => ({ cursor, nodes: [], open: [], spaced: false, fresh: true });

/** Goes one level down; gives up at the ninetieth. */
export function descend(cursor: Cursor): void {
  cursor.depth += 1;
  if (cursor.depth > deepest) giveUp(cursor, "nested too deeply");
}

/** Adds a token. */
export function leaf(tree: Tree, kind: Leaf["kind"], text: string, pieces: readonly Piece[] = []): void {
  tree.nodes.push({ kind, text, pieces, spaced: tree.spaced, fresh: tree.fresh });
  tree.spaced = false;
  tree.fresh = false;
}

/** Adds a list of words, as the brackets it stands for. */
export function leafWords(tree: Tree, pieces: readonly Piece[]): void {
  const plain = { spaced: false, fresh: false } as const;
  const words = pieces.flatMap((piece): Piece[] =>
    typeof piece === "string" ? piece.split(/\s+/).filter((word) => word !== "") : [piece],
  );
  const items = words.flatMap((word, at): Leaf[] => [
    ...(at === 0 ? [] : [{ kind: "op" as const, text: ",", pieces: [], ...plain }]),
    { kind: "text", text: "w", pieces: [word], ...plain },
  ]);
  tree.nodes.push({ kind: "group", text: "[", items, spaced: tree.spaced, fresh: tree.fresh });
  tree.spaced = false;
  tree.fresh = false;
}

/** Opens a bracket. */
export function openGroup(tree: Tree, text: string): void {
  descend(tree.cursor);
  tree.open.push({ text, nodes: tree.nodes, spaced: tree.spaced, fresh: tree.fresh });
  tree.nodes = [];
  tree.spaced = false;
  tree.fresh = false;
}

/** Closes the bracket that is open; gives up when it is another one. */
export function closeGroup(tree: Tree, text: string): void {
  const group = tree.open.pop();
  if (group === undefined || closers[group.text] !== text) return giveUp(tree.cursor, `stray \`${text}\``);
  group.nodes.push({
    kind: "group",
    text: group.text,
    items: tree.nodes,
    spaced: group.spaced,
    fresh: group.fresh,
  });
  tree.nodes = group.nodes;
  tree.cursor.depth -= 1;
  tree.spaced = false;
  tree.fresh = false;
}

/** Takes a bracket if one stands here. */
export function bracket(tree: Tree, char: string): boolean {
  if (char === "(" || char === "[" || char === "{") openGroup(tree, char);
  else if (char === ")" || char === "]" || char === "}") closeGroup(tree, char);
  else return false;
  return true;
}

/** White space was read; `fresh` when a line end was among it. */
export function space(tree: Tree, fresh: boolean): void {
  tree.spaced = true;
  tree.fresh ||= fresh;
}

/** The token or group before the cursor on this level. */
export const last = (tree: Tree, back = 1): Node | undefined => tree.nodes[tree.nodes.length - back];

/** Ends a statement. */
export function end(tree: Tree, text: string): void {
  leaf(tree, "end", text);
  tree.spaced = true;
  tree.fresh = true;
}

/** All nodes, or nothing when a bracket is still open. */
export function finish(tree: Tree): readonly Node[] {
  const open = tree.open.at(-1);
  if (open !== undefined) giveUp(tree.cursor, `\`${open.text}\` is not closed`);
  return tree.nodes;
}

/** True for this operator. */
export const isOp = (node: Node | undefined, text: string): boolean => node?.kind === "op" && node.text === text;

/** True for this word. */
export const isName = (node: Node | undefined, text: string): boolean => node?.kind === "name" && node.text === text;

/** True for a pair of these brackets. */
export const isGroup = (node: Node | undefined, text: string): node is Group =>
  node?.kind === "group" && node.text === text;
