// JavaScript for the walker: imports and patterns, functions and methods, the ways to reach a name by text.
import { HOLE } from "../../arg.ts";
import { lexJavascript } from "../lex/javascript.ts";
import { type Group, isOp } from "../lex/tree.ts";
import { readVariable } from "../walk/acts.ts";
import { bind, escape, reportUnknown } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { statements } from "../walk/expression.ts";
import { itemsOf, recordFrom, textValue } from "../walk/items.ts";
import { find, lazily } from "../walk/names.ts";
import { data, knownText, ref, environmentElement, type Value } from "../walk/value.ts";
import { javascriptMethods } from "./methods.ts";
import { javascriptModules } from "./modules.ts";
import { javascriptNames, javascriptObjects } from "./names.ts";
import { catching, classing, control, functioning, operand } from "./functions.ts";
import { importing } from "./imports.ts";

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
