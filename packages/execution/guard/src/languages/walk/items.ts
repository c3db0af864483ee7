// What stands between commas: arguments, items of a list, entries of a record.
import { type Group, type Leaf, type Node, isOp } from "../lex/tree.ts";
import { plainText } from "../lex/text.ts";
import { escape } from "./bindings.ts";
import type { Item, Walk } from "./dialect.ts";
import { concat, data, listOf, textOf, type Value } from "./value.ts";

const mostItems = 48;

/** All items of a pair of brackets, each judged. */
export function itemsOf(walk: Walk, group: Pick<Group, "items">): readonly Item[] {
  const items: Item[] = [];
  let from = 0;
  for (let at = 0; at <= group.items.length; at += 1) {
    walk.steps += 1;
    if (at < group.items.length && !isOp(group.items[at], ",")) continue;
    while (group.items[from]?.kind === "end" && from < at) from += 1;
    if (at > from) items.push(itemOf(walk, group.items.slice(from, at)));
    from = at + 1;
  }
  return items;
}

/** One item from its nodes. */
export function itemOf(walk: Walk, nodes: readonly Node[]): Item {
  const run = { nodes, at: 0 };
  const first = nodes[0];
  const spread = first?.kind === "op" && walk.dialect.spreads.has(first.text);
  if (spread) run.at = 1;
  const name = keyOf(walk, nodes);
  if (name !== null) run.at = 2;
  else if (isComputedKey(walk, nodes)) return computedItem(walk, nodes);
  return { name, value: walk.judge(walk, run), spread };
}

const isComputedKey = (walk: Walk, [key, op]: readonly Node[]): boolean =>
  key?.kind === "group" && key.text === "[" && op?.kind === "op" && walk.dialect.keys.has(op.text);

// `[key] = value`, `[key]: value`.
function computedItem(walk: Walk, nodes: readonly Node[]): Item {
  const [key] = nodes;
  if (key?.kind === "group") escape(walk, walk.judge(walk, { nodes: key.items, at: 0 }));
  return { name: null, value: walk.judge(walk, { nodes, at: 2 }), spread: false };
}

// A key is a word or a text before `:`, `=` or `=>`; code in the text is judged, its value is no key.
function keyOf(walk: Walk, nodes: readonly Node[]): string | null {
  const [key, op] = nodes;
  if (op?.kind !== "op" || !walk.dialect.keys.has(op.text)) return null;
  if (key?.kind === "name") return key.text === "lambda" ? null : key.text;
  if (key?.kind === "number") return key.text;
  return key?.kind === "text" ? textKey(walk, key) : null;
}

function textKey(walk: Walk, key: Leaf): string {
  const plain = plainText(key.pieces);
  if (plain !== null) return plain;
  escape(walk, textValue(walk, key));
  return "\0";
}

/** The value of a string literal; code in it is judged. */
export function textValue(walk: Walk, leaf: Leaf): Value {
  const plain = plainText(leaf.pieces);
  if (plain !== null) return textOf(plain);
  const parts = leaf.pieces.map((piece) => {
    if (typeof piece === "string") return textOf(piece);
    const value = walk.judge(walk, { nodes: piece, at: 0 });
    escape(walk, value);
    return value;
  });
  return parts.length === 0 ? textOf("") : concat(parts);
}

const isComposite = (value: Value): boolean => value.kind === "list" || value.kind === "record" || value.kind === "any";

// INVARIANT: a composite that is kept is small, and a list holds none: to judge one again costs a bounded number of steps.
function settle(walk: Walk, items: readonly Item[], keepsComposites: boolean): readonly Item[] | null {
  if (items.length > mostItems) {
    for (const { value } of items) escape(walk, value);
    return null;
  }
  return items.map((item) => {
    if (!isComposite(item.value) || keepsComposites) return item;
    escape(walk, item.value);
    return { ...item, value: data };
  });
}

/** The list that the items make. */
export function listFrom(walk: Walk, items: readonly Item[]): Value {
  const settled = settle(walk, items, false);
  if (settled === null) return data;
  return listOf(
    settled.map(({ value }) => value),
    settled.every(({ spread }) => !spread),
  );
}

/** The record that the items make; an item without a known key leaves it open. */
export function recordFrom(walk: Walk, items: readonly Item[]): Value {
  const settled = settle(walk, items, true);
  if (settled === null) return data;
  const entries = new Map<string, Value>();
  for (const { name, value } of settled) {
    if (value.kind === "record") escape(walk, value);
    entries.set(name ?? `\0${entries.size}`, value.kind === "record" ? flat(value) : value);
    if (value.kind === "local" && name !== null && walk.pass === "bind") walk.methods.add(name);
  }
  return { kind: "record", entries, whole: settled.every(({ name, spread }) => name !== null && !spread) };
}

// One record in another is an option such as `env`; a third level is judged and dropped.
function flat(record: Value & { kind: "record" }): Value {
  const entries = [...record.entries].map(([key, value]) => [key, isComposite(value) ? data : value] as const);
  return { ...record, entries: new Map(entries) };
}
