// Functions of JavaScript in all their forms: their parameters bind names, their bodies are judged.
import { isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { bind, bindTargets, escape } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Run, Walk, Word } from "../walk/dialect.ts";
import { bindPattern, expression, plainOperand, statements } from "../walk/expression.ts";
import { textValue } from "../walk/items.ts";
import { data, local, type Value } from "../walk/value.ts";

/** A head in round brackets, of `if`, `for` and so on, is no argument list: what follows it is a statement. */
export const control: Word = (walk, run) => {
  if (isName(run.nodes[run.at], "await")) run.at += 1;
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  const isLoop = head.items.findIndex((node) => isName(node, "of") || isName(node, "in"));
  if (isLoop > 0) bindTargets(walk, head.items.slice(0, isLoop));
  statements(walk, head.items);
  return undefined;
};

/** `catch (pattern)`. */
export const catching: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  bindTargets(walk, head.items);
  statements(walk, head.items);
  return undefined;
};

/** `function name(…) {…}`. */
export const functioning: Word = (walk, run) => {
  if (isOp(run.nodes[run.at], "*")) run.at += 1;
  const name = run.nodes[run.at];
  if (name?.kind === "name") {
    bind(walk, name.text, local);
    run.at += 1;
  }
  if (isGroup(run.nodes[run.at], "(")) functionRest(walk, run);
  return local;
};

// Parameters, and the body when it is a block.
function functionRest(walk: Walk, run: Run): void {
  const params = run.nodes[run.at];
  if (params?.kind === "group") parameters(walk, params.items);
  run.at += 1;
  const body = run.nodes[run.at];
  if (!isGroup(body, "{")) return;
  run.at += 1;
  statements(walk, body.items);
}

function parameters(walk: Walk, nodes: readonly Node[]): void {
  nodes.forEach((node, at) => {
    const before = nodes[at - 1];
    if (before !== undefined && !isOp(before, ",") && !isOp(before, "...")) return;
    if (node.kind === "name") bind(walk, node.text, data);
    else if (node.kind === "group") bindPattern(walk, node, data);
  });
  if (!nodes.every(isPlainPattern)) statements(walk, nodes);
}

// Names, and braces of names: nothing in it runs.
const isPlainPattern = (node: Node): boolean =>
  node.kind === "name" ||
  (node.kind === "op" && node.text !== "=") ||
  (isGroup(node, "{") && node.items.every(isPlainPattern));

/** `class Name extends Parent {…}`. */
export const classing: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (name?.kind === "name" && name.text !== "extends") {
    bind(walk, name.text, local);
    run.at += 1;
  }
  if (isName(run.nodes[run.at], "extends")) {
    run.at += 1;
    const parent = expression(walk, run) ?? data;
    // The constructor of the parent runs when one of the class is made.
    call(walk, parent, []);
  }
  const body = run.nodes[run.at];
  if (!isGroup(body, "{")) return local;
  run.at += 1;
  statements(walk, body.items);
  return local;
};

const notMethods = new Set("if for while switch catch with function return typeof await new extends case".split(" "));

/** Arrows, and methods of classes and literals. */
export function operand(walk: Walk, run: Run): Value | undefined {
  const node = run.nodes[run.at];
  if (node === undefined || node.kind === "op") return undefined;
  if (isName(node, "async")) return asyncForm(walk, run);
  if (isOp(run.nodes[run.at + 1], "=>") && (node.kind === "name" || isGroup(node, "("))) return arrow(walk, run);
  return isMethod(run, node) ? method(walk, run) : undefined;
}

function asyncForm(walk: Walk, run: Run): Value | undefined {
  const next = run.nodes[run.at + 1];
  const isArrow = isOp(run.nodes[run.at + 2], "=>") && next !== undefined;
  if (!isArrow && !isName(next, "function")) return undefined;
  run.at += 1;
  return isArrow ? arrow(walk, run) : plainOperand(walk, run);
}

function arrow(walk: Walk, run: Run): Value {
  const params = run.nodes[run.at];
  if (params?.kind === "group") parameters(walk, params.items);
  else if (params?.kind === "name") bind(walk, params.text, data);
  run.at += 2;
  const body = run.nodes[run.at];
  if (isGroup(body, "{")) {
    run.at += 1;
    statements(walk, body.items);
  } else escape(walk, expression(walk, run) ?? data);
  return local;
}

// `name(params) {` on one line is a method; as a call it would not parse.
function isMethod(run: Run, node: Node): boolean {
  const [params, body] = [run.nodes[run.at + 1], run.nodes[run.at + 2]];
  if (!isGroup(params, "(") || !isGroup(body, "{") || body.fresh) return false;
  if (isName(run.nodes[run.at - 1], "extends")) return false;
  const isKey = node.kind === "name" ? !notMethods.has(node.text) : node.kind === "text" || isGroup(node, "[");
  return isKey;
}

function method(walk: Walk, run: Run): Value {
  const name = run.nodes[run.at];
  if (name?.kind === "name" && walk.pass === "bind") walk.methods.add(name.text);
  if (name?.kind === "group") statements(walk, name.items);
  if (name?.kind === "text") escape(walk, textValue(walk, name));
  run.at += 1;
  functionRest(walk, run);
  return local;
}
