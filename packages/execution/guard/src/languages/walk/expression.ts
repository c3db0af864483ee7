// The walker: goes once over the nodes, follows values as far as they can be followed, judges what is called.
import { giveUpWalk, tooDeep } from "./limits.ts";
import { plainText } from "../lex/text.ts";
import { type Group, type Leaf, type Node, isOp } from "../lex/tree.ts";
import { reportShell } from "./acts.ts";
import { annotated, bind, bindTargets, escape, resolve } from "./bindings.ts";
import { call } from "./call.ts";
import type { Item, Run, Walk } from "./dialect.ts";
import { itemsOf, listFrom, textValue } from "./items.ts";
import { aNumber, concat, data, someText, thing, type Value } from "./value.ts";

/** Judges all nodes from here on. Gives the value when they are one expression, else `data`. */
export function rest(walk: Walk, run: Run): Value {
  let only: Value | undefined;
  let alone = true;
  while (run.at < run.nodes.length) {
    const before = run.at;
    const value = expression(walk, run);
    if (value !== undefined) {
      if (only !== undefined) escape(walk, only);
      alone &&= only === undefined;
      // INVARIANT: a value that a name was given is followed by that name.
      only = value === walk.assigned && run.at < run.nodes.length ? data : value;
    }
    if (run.at > before) continue;
    if (run.nodes[run.at]?.kind !== "end") alone = false;
    run.at += 1;
    walk.steps += 1;
  }
  if (alone) return only ?? data;
  if (only !== undefined && only !== walk.assigned) escape(walk, only);
  return data;
}

/** Judges a row of statements. */
export function statements(walk: Walk, nodes: readonly Node[]): void {
  const value = rest(walk, { nodes, at: 0 });
  if (value !== walk.assigned) escape(walk, value);
}

/** Judges one expression with its operators and assignments; undefined when none stands here. */
export function expression(walk: Walk, run: Run): Value | undefined {
  if (tooDeep(walk)) return giveUpWalk(walk, run);
  walk.depth += 1;
  const value = operands(walk, run);
  walk.depth -= 1;
  return value;
}

function operands(walk: Walk, run: Run): Value | undefined {
  const parts: Value[] = [];
  const ops = new Set<string>();
  for (;;) {
    const value = assigned(walk, run);
    if (value === undefined) break;
    parts.push(value);
    const op = operatorAt(run.nodes[run.at]);
    if (op === null || !walk.dialect.joins.has(op)) break;
    run.at += 1;
    ops.add(op);
  }
  return parts.length < 2 ? parts[0] : joinedValue(walk, parts, ops);
}

function joinedValue(walk: Walk, parts: readonly Value[], ops: ReadonlySet<string>): Value {
  for (const part of parts) escape(walk, part);
  const { glue, combine } = walk.dialect;
  if ([...ops].every((op) => glue.has(op)) && parts.some(({ kind }) => kind === "text")) return concat(parts);
  const [op] = ops;
  if (ops.size !== 1 || op === undefined || combine === undefined) return data;
  return parts.reduce((left, right) => combine(op, left, right));
}

/** The operator or joining word at a node. */
export const operatorAt = (node: Node | undefined): string | null =>
  node?.kind === "op" || node?.kind === "name" ? node.text : null;

// Prefixes, an operand, and what is assigned to it.
function assigned(walk: Walk, run: Run): Value | undefined {
  const { prefixes, carriers, assigns, updates } = walk.dialect;
  let changed = false;
  for (let op = operatorAt(run.nodes[run.at]); op !== null && prefixes.has(op); op = operatorAt(run.nodes[run.at])) {
    changed ||= !carriers.has(op);
    run.at += 1;
    walk.steps += 1;
  }
  const from = run.at;
  const value = operand(walk, run);
  if (value === undefined) return changed ? data : undefined;
  const op = run.nodes[run.at]?.kind === "op" ? operatorAt(run.nodes[run.at]) : null;
  if (op !== null && assigns.has(op)) return assign(walk, run, from, value);
  if (op !== null && updates.has(op)) return update(walk, run, from, value);
  if (!changed) return value;
  escape(walk, value);
  return data;
}

function assign(walk: Walk, run: Run, from: number, target: Value): Value {
  const to = run.at;
  run.at += 1;
  const given = expression(walk, run);
  if (given === undefined) return data;
  const name = annotated(walk, run, from);
  const node = run.nodes[from];
  if (name !== null) bind(walk, name, given);
  else if (to - from !== 1 || node === undefined) store(walk, target, given);
  else if (node.kind === "name") bind(walk, node.text, given);
  else if (node.kind === "group") bindPattern(walk, node, given);
  else store(walk, target, given);
  walk.assigned = given;
  return given;
}

function store(walk: Walk, target: Value, given: Value): void {
  if (target.kind === "member" && given.kind === "local" && walk.pass === "bind") walk.methods.add(target.name);
  walk.dialect.store?.(walk, target, given);
  escape(walk, given);
}

function update(walk: Walk, run: Run, from: number, target: Value): Value {
  const to = run.at;
  run.at += 1;
  const given = expression(walk, run) ?? data;
  const node = run.nodes[from];
  if (to - from === 1 && node?.kind === "name") bind(walk, node.text, target.kind === "text" ? someText : data);
  else walk.dialect.store?.(walk, target, given);
  escape(walk, given);
  return data;
}

/** Binds the names of a pattern: to the members of an outside name, by key, or to nothing known. */
export function bindPattern(walk: Walk, group: Group, given: Value): void {
  if (group.text !== "{" || (given.kind !== "ref" && given.kind !== "record" && given.kind !== "data")) {
    escape(walk, given);
    bindTargets(walk, group.items);
    return;
  }
  let from = 0;
  for (let at = 0; at <= group.items.length; at += 1) {
    if (at < group.items.length && !isOp(group.items[at], ",")) continue;
    bindEntry(walk, group.items.slice(from, at), given);
    from = at + 1;
  }
}

function bindEntry(walk: Walk, nodes: readonly Node[], given: Value): void {
  const [key, op, target] = nodes;
  if (key === undefined) return;
  const name = key.kind === "text" ? plainText(key.pieces) : key.kind === "name" ? key.text : null;
  if (name === null) {
    escape(walk, given);
    return bindTargets(walk, nodes);
  }
  const member = walk.dialect.member(walk, given, name);
  const renamed = isOp(op, ":") || (op?.kind === "name" && op.text === "as");
  if (!renamed) bind(walk, name, member);
  else if (target?.kind === "name") bind(walk, target.text, member);
  else if (target?.kind === "group") bindPattern(walk, target, member);
}

function operand(walk: Walk, run: Run): Value | undefined {
  walk.steps += 1;
  let value = walk.dialect.operand?.(walk, run) ?? plainOperand(walk, run);
  while (value !== undefined) {
    const next = trailer(walk, run, value);
    if (next === undefined) break;
    value = next;
  }
  return value;
}

/** An operand without what follows it: a word, a literal, a pair of brackets. */
export function plainOperand(walk: Walk, run: Run): Value | undefined {
  const node = run.nodes[run.at];
  if (node === undefined || node.kind === "op" || node.kind === "end") return undefined;
  if (node.kind === "name") return word(walk, run, node.text);
  run.at += 1;
  if (node.kind === "group") return groupValue(walk, node, run);
  if (node.kind === "text") return texts(walk, run, node);
  if (node.kind === "number") return aNumber;
  const text = textValue(walk, node);
  if (node.kind === "regex") return thing("regex");
  reportShell({ walk, what: "`\u2026`" }, text);
  return data;
}

function word(walk: Walk, run: Run, text: string): Value | undefined {
  const { words, joins } = walk.dialect;
  if (joins.has(text)) return undefined;
  const reads = words.get(text);
  if (reads === null) return undefined;
  run.at += 1;
  if (reads === undefined) return resolve(walk, text);
  if (tooDeep(walk)) return giveUpWalk(walk, run);
  walk.depth += 1;
  const value = reads(walk, run);
  walk.depth -= 1;
  return value;
}

function texts(walk: Walk, run: Run, first: Leaf): Value {
  const parts = [textValue(walk, first)];
  if (walk.dialect.adjacent)
    for (let next = run.nodes[run.at]; next?.kind === "text"; next = run.nodes[run.at]) {
      parts.push(textValue(walk, next));
      run.at += 1;
    }
  return parts.length === 1 ? (parts[0] ?? someText) : concat(parts);
}

function groupValue(walk: Walk, group: Group, run: Run): Value {
  if (group.text === "{") return walk.dialect.braces(walk, group, run);
  const items = itemsOf(walk, group);
  if (group.text === "(" && items.length > 1 && walk.dialect.sequences === true) return lastOf(walk, items);
  const only = items.length === 1 && group.text === "(" ? items[0] : undefined;
  return only !== undefined && !only.spread ? only.value : listFrom(walk, items);
}

function lastOf(walk: Walk, items: readonly Item[]): Value {
  for (const { value } of items.slice(0, -1)) escape(walk, value);
  return items.at(-1)?.value ?? data;
}

function trailer(walk: Walk, run: Run, value: Value): Value | undefined {
  walk.steps += 1;
  const special = walk.dialect.trail?.(walk, run, value);
  if (special !== undefined) return special;
  const node = run.nodes[run.at];
  if (node?.kind === "op" && walk.dialect.dots.has(node.text)) return dotted(walk, run, value);
  if (node?.kind !== "group" || node.text === "{") return undefined;
  run.at += 1;
  if (node.text === "(") return call(walk, value, itemsOf(walk, node));
  return walk.dialect.index(walk, value, itemsOf(walk, node));
}

const longestPath = 120;

function dotted(walk: Walk, run: Run, value: Value): Value | undefined {
  const name = run.nodes[run.at + 1];
  if (name?.kind !== "name") {
    // `a?.(b)` and `a?.[b]`: the dot says nothing more.
    const skips = name?.kind === "group" && name.text !== "{";
    if (skips) run.at += 1;
    return skips ? value : undefined;
  }
  run.at += 2;
  // A path that long is no name that any list knows.
  if (value.kind === "ref" && value.path.length > longestPath) return { kind: "member", on: data, name: name.text };
  if (value.kind === "list" || value.kind === "record" || value.kind === "any") escape(walk, value);
  return value.kind === "any" ? memberOfAny(walk, value.of, name.text) : walk.dialect.member(walk, value, name.text);
}

const memberOfAny = (walk: Walk, of: readonly Value[], name: string): Value => {
  const members = of.map((one) => walk.dialect.member(walk, one, name));
  return { kind: "any", of: members };
};
