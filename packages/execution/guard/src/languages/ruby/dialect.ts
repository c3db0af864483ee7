// Ruby for the walker: calls without brackets, blocks, names that are calls, names that are symbols.
import { isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { lexRuby } from "../lex/ruby.ts";
import { readVariable } from "../walk/acts.ts";
import { bind, bindSeveral, bindTargets, escape, reportUnknown, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { commandItems } from "../walk/command.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { itemsOf, recordFrom } from "../walk/items.ts";
import { find, lazily } from "../walk/names.ts";
import { data, knownText, local, ref, environmentElement, type Value } from "../walk/value.ts";
import { rubyMethods } from "./methods.ts";
import { rubyModules, rubyNames } from "./names.ts";
import { block, defining, doing, isPassed, passedBlock, stabby } from "./blocks.ts";
import { assigns, joins, separators, set, updates } from "./words.ts";

function member(_walk: Walk, on: Value, name: string): Value {
  if (on.kind !== "ref") return { kind: "member", on, name };
  if (reflecting.has(name)) return { kind: "member", on, name };
  if (on.path === "Kernel" || on.path === "Object" || on.path === "Process") {
    const isBare = find(rubyNames(), `${on.path}.${name}`) === undefined || on.path === "Kernel";
    if (isBare && rubyNames().has(name)) return ref(name);
  }
  const module = on.path.replace(/^FileUtils\.(?:Verbose|NoWrite|DryRun)$/, "FileUtils");
  return ref(`${module}.${name}`);
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  const key = knownText(keys[0]?.value);
  for (const { value } of keys) escape(walk, value);
  if (on.kind === "ref" && on.path === "ENV") {
    readVariable({ walk, what: "ENV" }, key);
    return environmentElement;
  }
  // `Dir["*"]`, `Set[1]`, `ARGV[0]`.
  if (on.kind === "ref" && /^[A-Z]/.test(on.path)) return rubyModules().has(on.path) ? data : call(walk, on, []);
  escape(walk, on);
  return data;
}

function operand(walk: Walk, run: Run): Value | undefined {
  const node = run.nodes[run.at];
  if (isOp(node, "->")) return stabby(walk, run);
  if (isOp(node, "::")) return topLevel(walk, run);
  if (isOp(run.nodes[run.at - 1], "&") && isPassed(run)) return passedBlock(walk, run);
  if (node?.kind !== "name") return undefined;
  const next = run.nodes[run.at + 1];
  if (isOp(next, "=") || (next?.kind === "op" && /^(?:\|\||&&)=$/.test(next.text))) return target(walk, run);
  if (isOp(next, ",")) bindSeveral(walk, run);
  return undefined;
}

// `::File`.
function topLevel(walk: Walk, run: Run): Value | undefined {
  const name = run.nodes[run.at + 1];
  if (name?.kind !== "name") return undefined;
  run.at += 2;
  return root(walk, name.text);
}

// A name that is about to be given a value is no call.
function target(walk: Walk, run: Run): Value {
  if (isName(run.nodes[run.at], "$-i")) walk.report({ kind: "write", path: null, mode: "overwrite", what: "$-i" });
  run.at += 1;
  return data;
}

const classing: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (isOp(name, "<<")) run.at += 1;
  else if (name?.kind === "name") {
    bind(walk, name.text, local);
    run.at += 1;
  }
  if (isOp(run.nodes[run.at], "<")) {
    run.at += 1;
    escape(walk, expression(walk, run) ?? data);
  }
  return undefined;
};

const aliasing: Word = (walk, run) => {
  const [name, old] = [run.nodes[run.at], run.nodes[run.at + 1]];
  run.at += 2;
  const from = old?.kind === "name" ? old.text : old?.kind === "text" ? String(old.pieces[0]) : null;
  const to = name?.kind === "name" ? name.text : name?.kind === "text" ? String(name.pieces[0]) : null;
  if (from !== null && to !== null) bind(walk, to, ref(from));
  return undefined;
};

const looping: Word = (walk, run) => {
  const targets = takeTo(walk, run, (node) => isName(node, "in") || node.kind === "end");
  bindTargets(walk, targets);
  statements(walk, targets);
  return undefined;
};

const rescuing: Word = (walk, run) => {
  const line = takeTo(walk, run, (node) => node.kind === "end" || isName(node, "then"));
  const arrow = line.findIndex((node) => isOp(node, "=>"));
  if (arrow >= 0) bindTargets(walk, line.slice(arrow + 1));
  statements(walk, arrow >= 0 ? line.slice(0, arrow) : line);
  return undefined;
};

// A name of a function, or a look-up on an object, is a call, with or without arguments.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at];
  if (isCall(value, next)) return implicitCall(walk, run, value);
  if (block(walk, run)) return data;
  const after = run.nodes[run.at + 1];
  const goesOn = next?.kind === "end" && next.text === "\n" && (isOp(after, ".") || isOp(after, "&."));
  if (!goesOn) return undefined;
  run.at += 1;
  return value;
}

function isCall(value: Value, next: Node | undefined): boolean {
  if (value.kind === "member" || value.kind === "local") return true;
  if (value.kind !== "ref") return false;
  const name = value.path.slice(value.path.lastIndexOf(".") + 1);
  return /^[\p{Ll}_]/u.test(name) || (next?.kind === "text" && next.spaced);
}

function implicitCall(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at];
  if (isGroup(next, "(") && !next.spaced) return undefined;
  const isOwned = value.kind === "member" || (value.kind === "ref" && value.path.includes("."));
  if (next?.kind === "op" && isOwned && (assigns.has(next.text) || updates.has(next.text))) return undefined;
  return call(walk, value, beginsArguments(run) ? commandItems(walk, run) : []);
}

function beginsArguments(run: Run): boolean {
  const [node, after] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (node === undefined || node.kind === "end") return false;
  if (node.kind === "group") return node.text !== "{" && node.spaced;
  if (node.kind === "name")
    return isOp(after, ":") ? !after?.spaced : !separators.has(node.text) && !joins.has(node.text);
  if (node.kind !== "op") return true;
  if (node.text === "!" || node.text === "->") return true;
  return node.spaced && after?.spaced === false && /^(?:-|\*|\*\*|&|::|~|\+|\.\.)$/.test(node.text);
}

const reflecting = new Set(
  `send public_send __send__ method public_method instance_method const_get instance_eval class_eval module_eval instance_exec
  class_exec module_exec define_method eval binding alias_method`.split(/\s+/),
);

// Classes whose methods touch the disk or start programs: where they are handed on, `delete` may be a file's.
const keys =
  /^(?:File|Dir|IO|FileUtils|Process|Open3|Kernel|Tempfile|Pathname|Net|Socket|TCPSocket|Object|Module|Marshal|PTY)$/;

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  if (how === "called") reportUnknown(walk, `${path}()`);
  else if (keys.test(path)) reportUnknown(walk, path);
}

function root(walk: Walk, name: string): Value {
  if (/^(?:[@$]|_[1-9]$|it$)/.test(name)) return data;
  if (walk.methods.has(name) && !rubyNames().has(name)) return local;
  if (!rubyNames().has(name) && rubyNames().has(`FileUtils.${name}`)) return ref(`FileUtils.${name}`);
  return ref(name);
}

function store(walk: Walk, on: Value, _given: Value): void {
  if (on === environmentElement) reportUnknown(walk, "a change of ENV");
  if (on.kind === "ref" && /^(?:ENV|Kernel|File|IO|ARGF)\b/.test(on.path))
    reportUnknown(walk, `a change of ${on.path}`);
}

/** Ruby. */
export const rubyDialect = lazily((): Dialect => ({
  lex: lexRuby,
  names: rubyNames(),
  methods: rubyMethods(),
  words: new Map<string, Word | null>([
    ...[...separators].map((word) => [word, null] as const),
    ["do", doing],
    ["def", defining],
    ["class", classing],
    ["module", classing],
    ["alias", aliasing],
    ["for", looping],
    ["rescue", rescuing],
  ]),
  prefixes: set("! - + ~ * ** & not defined? .. ..."),
  carriers: set("* ** &"),
  joins,
  glue: set("+"),
  assigns,
  updates,
  dots: set(". &. ::"),
  keys: set(": =>"),
  spreads: set("* **"),
  adjacent: true,
  root,
  member,
  index,
  braces: (walk, group) => recordFrom(walk, itemsOf(walk, group)),
  operand,
  trail,
  store,
  unlisted,
}));
