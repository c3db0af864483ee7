// JavaScript for the walker: imports and patterns, functions and methods, the ways to reach a name by text.
import { HOLE } from "../../arg.ts";
import { lexJavascript } from "../lex/javascript.ts";
import { plainText } from "../lex/text.ts";
import { type Group, isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { readVariable } from "../walk/acts.ts";
import { bind, bindTargets, escape, reportUnknown } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { bindPattern, expression, plainOperand, statements } from "../walk/expression.ts";
import { itemsOf, recordFrom, textValue } from "../walk/items.ts";
import { find, lazily } from "../walk/names.ts";
import { data, knownText, local, ref, environmentElement, type Value } from "../walk/value.ts";
import { moduleNamed } from "./acts.ts";
import { javascriptMethods } from "./methods.ts";
import { javascriptModules } from "./modules.ts";
import { javascriptNames, javascriptObjects } from "./names.ts";

const worlds = new Set(["globalThis", "global", "window", "self"]);

function member(walk: Walk, on: Value, name: string): Value {
  if (name === "constructor") return ref("Function");
  if (name === "__proto__") return reach(walk, "__proto__");
  if (name === "stdin" && on.kind !== "ref") walk.notes.add("feeds");
  if (on.kind === "record" && on.entries.has(name)) return on.entries.get(name) ?? data;
  if (on.kind !== "ref" || name === "call" || name === "apply" || name === "bind") return { kind: "member", on, name };
  if (name === "then" || name === "catch") return { kind: "member", on, name };
  if (name === "default" || name === "promisify.custom") return on;
  if (worlds.has(on.path)) return ref(name);
  if (isEnvironment(on)) return environmentVariable(walk, on.path, name);
  const path = `${on.path}.${name}`;
  if (path === "module.require" || path === "process.mainModule" || path === "require.main") return ref("require");
  if (on.path === "require" && name === "require") return on;
  if (path === "process.getBuiltinModule") return ref("require");
  return ref(
    path.replace(
      /^(?:buffer|url|process|util|events)\.(?=(?:Buffer|URL|URLSearchParams|TextDecoder|TextEncoder)\b)/,
      "",
    ),
  );
}

const isEnvironment = (on: Value): on is Value & { kind: "ref" } =>
  on.kind === "ref" && (on.path === "process.env" || on.path === "Bun.env" || on.path === "import.meta.env");

function environmentVariable(walk: Walk, what: string, name: string | null): Value {
  readVariable({ walk, what }, name);
  return environmentElement;
}

function reach(walk: Walk, what: string): Value {
  walk.report({ kind: "dynamic", what, decoded: false });
  return data;
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  const key = keys.at(-1)?.value ?? data;
  for (const { value } of keys) escape(walk, value);
  const name = knownText(key);
  if (isEnvironment(on)) return environmentVariable(walk, on.path, name);
  if (name !== null) return walk.dialect.member(walk, on, name);
  const isWorld = on.kind === "ref" && (javascriptObjects().has(on.path) || worlds.has(on.path));
  if (isWorld && key.kind !== "number" && on.path !== "process.argv") return reach(walk, `${on.path}[\u2026]`);
  escape(walk, on);
  return key.kind === "number" ? data : { kind: "member", on: data, name: HOLE };
}

const variable: Word = (walk, run) => {
  const name = run.nodes[run.at];
  const isDeclared = name?.kind === "name" && !isOp(run.nodes[run.at + 1], "=") && !isOp(run.nodes[run.at + 1], ":");
  if (isDeclared) bind(walk, name.text, data);
  return undefined;
};

// A head in round brackets is no call's argument list: what follows it is a statement.
const control: Word = (walk, run) => {
  if (isName(run.nodes[run.at], "await")) run.at += 1;
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  const isLoop = head.items.findIndex((node) => isName(node, "of") || isName(node, "in"));
  if (isLoop > 0) bindTargets(walk, head.items.slice(0, isLoop));
  statements(walk, head.items);
  return undefined;
};

const catching: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  bindTargets(walk, head.items);
  statements(walk, head.items);
  return undefined;
};

const functioning: Word = (walk, run) => {
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

const classing: Word = (walk, run) => {
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

const importing: Word = (walk, run) => {
  const next = run.nodes[run.at];
  if (isOp(next, ".")) return metaOf(run);
  if (isGroup(next, "(")) return ref("import");
  const from = run.at;
  while (isClause(run.nodes[run.at])) run.at += 1;
  const specifier = run.nodes[run.at];
  const clause = run.nodes.slice(from, run.at);
  // INVARIANT: what is no import is judged as what it is.
  if (specifier?.kind !== "text") return void (run.at = from);
  run.at += 1;
  bindImports(walk, clause, moduleNamed(walk, plainText(specifier.pieces), "import"));
  return undefined;
};

const isClause = (node: Node | undefined): boolean =>
  (node?.kind === "name" && !(node.fresh && node.text === "import")) ||
  isGroup(node, "{") ||
  isOp(node, "*") ||
  isOp(node, ",");

function metaOf(run: Run): Value {
  run.at += 2;
  return ref("import.meta");
}

// `d, {a as b} from`, `* as all from`, `d from`.
function bindImports(walk: Walk, clause: readonly Node[], module: Value): void {
  clause.forEach((node, at) => {
    if (isGroup(node, "{")) bindPattern(walk, node, module);
    else if (node.kind === "name" && !["as", "from", "type", "defer"].includes(node.text))
      bind(walk, node.text, module);
    else if (isName(node, "from") && (at === 0 || isOp(clause[at - 1], ","))) bind(walk, "from", module);
  });
}

const notMethods = new Set("if for while switch catch with function return typeof await new extends case".split(" "));

function operand(walk: Walk, run: Run): Value | undefined {
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

// A template after a value is a call of it.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const node = run.nodes[run.at];
  if (node?.kind !== "text" || node.text !== "`") return undefined;
  run.at += 1;
  return call(walk, value, [{ name: null, value: textValue(walk, node), spread: false }]);
}

function braces(walk: Walk, group: Group, run: Run): Value {
  const before = run.nodes[run.at - 2];
  const isBlock =
    (before === undefined && run.nodes.length > 1) ||
    before?.kind === "end" ||
    before?.kind === "group" ||
    (before?.kind === "name" && ["else", "do", "try", "finally", "static"].includes(before.text));
  if (!isBlock) return recordFrom(walk, itemsOf(walk, group));
  statements(walk, group.items);
  return data;
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  const root = path.split(".")[0] ?? "";
  if (how === "called") reportUnknown(walk, `${path.replace(/^package /, "")}()`);
  else if (javascriptModules().has(path) && !isPureModule(path) && path !== "console") reportUnknown(walk, path);
  else if (path.includes(".") && isDangerous(root) && !/^[A-Z]/.test(path.slice(path.indexOf(".") + 1)))
    reportUnknown(walk, path);
}

const isDangerous = (root: string): boolean =>
  ["child_process", "fs", "vm", "module", "process", "require", "Bun", "Deno", "net", "http", "https"].includes(root);
const isPureModule = (path: string): boolean => find(javascriptNames(), `${path}.*`)?.mild === true;

function store(walk: Walk, on: Value, _given: Value): void {
  if (on === environmentElement) reportUnknown(walk, "a change of process.env");
  if (
    on.kind === "ref" &&
    /^(?:require|process\.(?!exitCode|title|exit$)|fs|child_process|module\.(?!exports))/.test(on.path)
  )
    reportUnknown(walk, `a change of ${on.path}`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** JavaScript and TypeScript, in Node, Bun or Deno. */
export const javascriptDialect = lazily((): Dialect => ({
  lex: lexJavascript,
  names: javascriptNames(),
  methods: javascriptMethods(),
  words: new Map<string, Word | null>([
    ["const", variable],
    ["let", variable],
    ["var", variable],
    ["if", control],
    ["for", control],
    ["while", control],
    ["switch", control],
    ["with", control],
    ["catch", catching],
    ["function", functioning],
    ["class", classing],
    ["import", importing],
    ...`return throw case default else do try finally break continue export extends debugger yield in of instanceof
    static`
      .split(/\s+/)
      .map((word) => [word, null] as const),
  ]),
  prefixes: set("! - + ~ ++ -- ... typeof void delete await new"),
  carriers: set("await new ..."),
  joins: set("+ - * / % ** == != === !== < > <= >= && || ?? & | ^ << >> >>> in of instanceof ? : as satisfies ++ --"),
  glue: set("+"),
  assigns: set("= ??= ||= &&="),
  updates: set("+= -= *= /= %= **= <<= >>= >>>= &= |= ^="),
  dots: set(". ?."),
  keys: set(":"),
  spreads: set("..."),
  sequences: true,
  keeps: set("child_process process globalThis global require fs"),
  callbacks: set(
    "map forEach filter reduce reduceRight sort find findIndex some every flatMap then catch finally replace replaceAll from parse toSorted findLast Promise setTimeout setInterval setImmediate nextTick queueMicrotask on once addEventListener",
  ),
  root: (_walk, name) => ref(name),
  member,
  index,
  braces,
  operand,
  trail,
  store,
  unlisted,
}));
