// Adding one element to a list deep in a JSON text, replacing it, and taking it out again; every other byte stays.
import { CesError } from "@ces/kernel";
import { memberOf, placeJson, plainOf, type PlacedMember, type PlacedValue } from "./json-text.ts";

/** Where the list is, from the root, and which of its elements is ours. */
export interface ListPlace {
  /** Name of the file, for errors. */
  readonly file: string;
  /** At least one name. */
  readonly path: readonly string[];
  readonly isOurs: (element: unknown) => boolean;
}

/** Members that a fresh document gets besides the list. */
export type Frame = Readonly<Record<string, string | number>>;

/**
 * The text with `element` in the list: in the place of ours, else as the last one, since hosts know hooks by their index.
 * A missing list is made; an empty text becomes a whole document with `frame`. Throws CesError `GUARD_SETTINGS`.
 */
export function withElement(text: string, place: ListPlace, element: unknown, frame: Frame = {}): string {
  if (text.trim() === "") return `${JSON.stringify({ ...frame, ...nested(place.path, [element]) }, null, 2)}\n`;
  const root = placeJson(text, place.file);
  const chain = chainOf(root, place.path);
  const value = chain.at(-1)?.value ?? root;
  const into = { text, step: indentOf(text), depth: chain.length };
  const [missing, ...below] = place.path.slice(chain.length);
  if (missing !== undefined) {
    if (value.kind !== "object") throw shape(place, chain);
    const inner = below.length === 0 ? [element] : nested(below, [element]);
    return insert(into, value, `${JSON.stringify(missing)}: ${pretty(inner, into.step, chain.length + 1)}`);
  }
  if (value.kind !== "list") throw shape(place, chain);
  const ours = value.items.find((item) => place.isOurs(plainOf(item)));
  const shown = pretty(element, into.step, chain.length + 1);
  if (ours === undefined) return insert(into, value, shown);
  return same(plainOf(ours), element) ? text : text.slice(0, ours.start) + shown + text.slice(ours.end);
}

/** The text without our elements, and without a list or object that only they filled; null when there is none of ours. */
export function withoutElement(text: string, place: ListPlace): string | null {
  if (text.trim() === "") return null;
  const root = placeJson(text, place.file);
  const chain = chainOf(root, place.path);
  const list = chain.at(-1)?.value;
  if (chain.length < place.path.length || list?.kind !== "list") return null;
  const ours = list.items.find((item) => place.isOurs(plainOf(item)));
  if (ours === undefined) return null;
  if (list.items.length === 1) return cutEmptied(text, root, chain);
  const shorter = cut(text, list.items, ours);
  return withoutElement(shorter, place) ?? shorter;
}

// What is cut is all there is in the list: the list goes, and whatever that leaves empty.
function cutEmptied(text: string, root: PlacedValue, chain: readonly PlacedMember[]): string {
  const owners = [root, ...chain.map(({ value }) => value)].map(membersOf);
  let at = chain.length - 1;
  while (at > 0 && owners[at]?.length === 1) at -= 1;
  const gone = chain[at];
  return gone === undefined ? text : cut(text, (owners[at] ?? []).map(rangeOf), rangeOf(gone));
}

const membersOf = (placed: PlacedValue): readonly PlacedMember[] => (placed.kind === "object" ? placed.members : []);
const rangeOf = ({ start, value }: PlacedMember): Range => ({ start, end: value.end });

interface Range {
  readonly start: number;
  readonly end: number;
}

// One of several goes with the comma before it, the first with the comma after it; the only one with the blanks around it.
function cut(text: string, all: readonly Range[], gone: Range): string {
  const at = all.findIndex(({ start }) => start === gone.start);
  const before = all[at - 1];
  const after = all[at + 1];
  if (before !== undefined) return text.slice(0, before.end) + text.slice(gone.end);
  if (after !== undefined) return text.slice(0, gone.start) + text.slice(after.start);
  return text.slice(0, gone.start).trimEnd() + text.slice(gone.end).replace(/^\s*,?\s*/, "");
}

function chainOf(root: PlacedValue, path: readonly string[]): readonly PlacedMember[] {
  const chain: PlacedMember[] = [];
  for (const name of path) {
    const member = memberOf(chain.at(-1)?.value ?? root, name);
    if (member === undefined) break;
    chain.push(member);
  }
  return chain;
}

/** A text, its indentation, and how deep the container stands that gets an element. */
interface Into {
  readonly text: string;
  readonly step: string;
  readonly depth: number;
}

// After the last element; a comment that stands behind that one stays where it is.
function insert({ text, step, depth }: Into, container: PlacedValue, shown: string): string {
  const last = lastEnd(container);
  const indent = `\n${step.repeat(depth + 1)}`;
  if (last !== undefined) return `${text.slice(0, last)},${indent}${shown}${text.slice(last)}`;
  const start = container.start + 1;
  return `${text.slice(0, start)}${indent}${shown}\n${step.repeat(depth)}${text.slice(start).trimStart()}`;
}

function lastEnd(container: PlacedValue): number | undefined {
  if (container.kind === "object") return container.members.at(-1)?.value.end;
  return container.kind === "list" ? container.items.at(-1)?.end : undefined;
}

const shape = ({ file, path }: ListPlace, chain: readonly PlacedMember[]): CesError =>
  new CesError(
    "GUARD_SETTINGS",
    `\`${file}\` is not changed: \`${path.slice(0, chain.length).join(".") || "the document"}\` is not what its host reads there`,
    { remedy: "repair the file, then try again" },
  );

const nested = (path: readonly string[], value: unknown): Record<string, unknown> => {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
};

const pretty = (value: unknown, step: string, depth: number): string =>
  JSON.stringify(value, null, step).replaceAll("\n", `\n${step.repeat(depth)}`);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function indentOf(text: string): string {
  const found = /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  return found.startsWith("\t") ? "\t" : found.slice(0, 8);
}
