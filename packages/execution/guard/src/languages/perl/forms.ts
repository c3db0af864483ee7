// Statements of Perl that bind names, load modules or run code.
import { shown } from "../finding.ts";
import { isGroup, isName, isOp } from "../lex/tree.ts";
import { bind, bindNames, bindTargets, escape, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { commandItems } from "../walk/command.ts";
import type { Run, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { data, knownText, local, ref } from "../walk/value.ts";
import { perlModules } from "./names.ts";
import { hasSigil, isBare } from "./sigils.ts";

/** `for my $x (…)`. */
export const control: Word = (walk, run) => {
  for (
    let node = run.nodes[run.at];
    isName(node, "my") || isName(node, "our") || hasSigil(node);
    node = run.nodes[run.at]
  ) {
    if (node?.kind === "name" && hasSigil(node)) bind(walk, node.text, data);
    run.at += 1;
    if (hasSigil(node)) break;
  }
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  statements(walk, head.items);
  return undefined;
};

/** `if`, `while` and so on: a head in round brackets is no argument list. */
export const condition: Word = (walk, run) => {
  const head = run.nodes[run.at];
  const isHead = isGroup(head, "(") && isGroup(run.nodes[run.at + 1], "{");
  if (!isHead) return undefined;
  run.at += 1;
  statements(walk, head.items);
  return undefined;
};

/** `eval {…}` is a block, `eval` of anything else runs a text. */
export const evaluating: Word = (walk, run) => {
  const next = run.nodes[run.at];
  if (isGroup(next, "{")) {
    run.at += 1;
    statements(walk, next.items);
    return data;
  }
  walk.report({ kind: "dynamic", what: "eval", decoded: false });
  for (const { value } of commandItems(walk, run)) escape(walk, value);
  return data;
};

/** `do {…}`, `do "file"`. */
export const doing: Word = (walk, run) => {
  const next = run.nodes[run.at];
  if (!isGroup(next, "{")) return call(walk, ref("do"), commandItems(walk, run));
  run.at += 1;
  statements(walk, next.items);
  return data;
};

/** `sub name {…}`. */
export const defining: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (name?.kind === "name") {
    bind(walk, name.text, local);
    bind(walk, `&${name.text}`, local);
    if (walk.pass === "bind") walk.methods.add(name.text);
    run.at += 1;
  }
  const params = run.nodes[run.at];
  if (isGroup(params, "(")) {
    run.at += 1;
    bindTargets(walk, params.items);
    statements(walk, params.items);
  }
  const body = run.nodes[run.at];
  if (!isGroup(body, "{")) return local;
  run.at += 1;
  statements(walk, body.items);
  return local;
};

const rewriting = /^(?:Filter|Acme|Inline|Switch|encoding|Module::Load|PerlIO::via)(?:::|$)/;

/** `use Module …`, `no Module …`: the list is computed when the program is compiled. */
export const using: Word = (walk, run) => {
  const nodes = takeTo(walk, run, (node) => node.kind === "end");
  const [module, ...rest] = nodes;
  if (module?.kind !== "name") return void statements(walk, nodes);
  const args = { nodes: rest, at: 0 };
  if (module.text === "constant")
    bindNames(
      walk,
      rest.filter((node, at) => isOp(rest[at + 1], "=>") || isGroup(node, "{")),
    );
  if (module.text === "lib") return void addPath(walk, args);
  if (rewriting.test(module.text) || (module.text === "re" && rest.length > 0))
    walk.report({ kind: "dynamic", what: shown(`use ${module.text}`), decoded: false });
  else if (!perlModules().has(module.text)) walk.report({ kind: "load", path: null, what: shown(module.text) });
  statements(walk, rest);
  return undefined;
};

function addPath(walk: Walk, run: Run): void {
  const value = expression(walk, run) ?? data;
  walk.report({ kind: "load", path: knownText(value), what: "use lib" });
}

/** `require Module`, `require "file"`. */
export const requiring: Word = (walk, run) => {
  const next = run.nodes[run.at];
  if (next?.kind === "name" && isBare(next)) return using(walk, run);
  const value = expression(walk, run);
  const path = knownText(value);
  if (path === null && value?.kind !== "number")
    walk.report({ kind: "dynamic", what: "require of a computed name", decoded: false });
  else if (path !== null) walk.report({ kind: "load", path, what: "require" });
  return data;
};

/** `package Name`. */
export const skippingName: Word = (walk, run) => {
  if (run.nodes[run.at]?.kind === "name") run.at += 1;
  return undefined;
};
