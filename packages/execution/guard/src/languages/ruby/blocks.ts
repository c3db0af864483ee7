// Blocks and methods of Ruby: their parameters bind names, their bodies are judged.
import { type Group, isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { bind, bindTargets, reportUnknown, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Run, Walk, Word } from "../walk/dialect.ts";
import { plainOperand, statements } from "../walk/expression.ts";
import { data, knownText, local, type Value } from "../walk/value.ts";

/** True after `&` where no operand stands before it: a block is passed. */
export function isPassed(run: Run): boolean {
  const [before, node] = [run.nodes[run.at - 2], run.nodes[run.at]];
  const isStart = before === undefined || before.kind === "op" || before.kind === "end";
  return isStart && (node?.kind === "text" || node?.kind === "name");
}

/** `&:name` calls the method on every element; of a variable nobody knows which method it names. */
export function passedBlock(walk: Walk, run: Run): Value {
  const value = plainOperand(walk, run) ?? data;
  const next = run.nodes[run.at];
  const isCallable = isGroup(next, "(") || isOp(next, ".");
  if (isCallable) return value;
  const name = knownText(value);
  if (name !== null) call(walk, { kind: "member", on: data, name }, []);
  else if (value.kind === "text" || value.kind === "data") reportUnknown(walk, "a block of a computed name");
  return value.kind === "local" ? value : data;
}

/** `->(x) {…}`. */
export function stabby(walk: Walk, run: Run): Value {
  run.at += 1;
  const params = run.nodes[run.at];
  if (isGroup(params, "(")) {
    run.at += 1;
    parameters(walk, params.items);
  } else bindTargets(walk, takeParams(run));
  block(walk, run);
  return local;
}

function takeParams(run: Run): readonly Node[] {
  const from = run.at;
  for (let node = run.nodes[run.at]; node?.kind === "name" || isOp(node, ","); node = run.nodes[run.at]) {
    if (isName(node, "do")) break;
    run.at += 1;
  }
  return run.nodes.slice(from, run.at);
}

/** Judges `{ |x| … }` after a call; false when there is none. */
export function block(walk: Walk, run: Run): boolean {
  const body = run.nodes[run.at];
  if (!isGroup(body, "{")) return false;
  run.at += 1;
  blockBody(walk, body);
  return true;
}

function blockBody(walk: Walk, body: Group): void {
  const run = { nodes: body.items, at: 0 };
  while (run.nodes[run.at]?.kind === "end") run.at += 1;
  blockParameters(walk, run);
  statements(walk, body.items.slice(run.at));
}

function blockParameters(walk: Walk, run: Run): void {
  if (!isOp(run.nodes[run.at], "|")) return;
  run.at += 1;
  const params = takeTo(walk, run, (node) => isOp(node, "|"));
  parameters(walk, params);
}

// Names first, then what stands as their defaults.
function parameters(walk: Walk, nodes: readonly Node[]): void {
  nodes.forEach((node, at) => {
    const before = nodes[at - 1];
    const starts = before === undefined || (before.kind === "op" && /^(?:,|\*\*?|&)$/.test(before.text));
    if (starts && (node.kind === "name" || node.kind === "group")) bindTargets(walk, [node]);
  });
  statements(walk, nodes);
}

/** `do |x|`. */
export const doing: Word = (walk, run) => {
  blockParameters(walk, run);
  return undefined;
};

/** `def name(…)`, `def self.name`, `def name = …`. */
export const defining: Word = (walk, run) => {
  let name = run.nodes[run.at];
  run.at += 1;
  if (isOp(run.nodes[run.at], ".")) {
    name = run.nodes[run.at + 1];
    run.at += 2;
  }
  if (name?.kind === "name") {
    bind(walk, name.text, local);
    if (walk.pass === "bind") walk.methods.add(name.text);
  }
  const params = run.nodes[run.at];
  if (isGroup(params, "(")) {
    run.at += 1;
    parameters(walk, params.items);
  } else
    bindTargets(
      walk,
      takeTo(walk, run, (node) => node.kind === "end" || isOp(node, "=")),
    );
  return undefined;
};
