// Perl for the walker: calls without brackets, names with sigils, subscripts, blocks that are arguments.
import { lexPerl } from "../lex/perl.ts";
import { type Group, isGroup, isName, isOp } from "../lex/tree.ts";
import { readVariable } from "../walk/acts.ts";
import { escape, reportUnknown, resolve } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { commandItems } from "../walk/command.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { statements } from "../walk/expression.ts";
import { itemsOf, recordFrom } from "../walk/items.ts";
import { lazily } from "../walk/names.ts";
import { data, environmentElement, knownText, local, ref, someText, textOf, type Value } from "../walk/value.ts";
import { perlMethods } from "./methods.ts";
import { perlNames } from "./names.ts";
import { condition, control, defining, doing, evaluating, requiring, skippingName, using } from "./forms.ts";
import { hasSigil, isBare } from "./sigils.ts";

const pathOfName = (name: string): string =>
  name
    .replace(/^&/, "")
    .replace(/^(?:::|main::|CORE::GLOBAL::|CORE::)+/, "")
    .replace(/::$/, "")
    .replaceAll("::", ".");

function root(_walk: Walk, name: string): Value {
  if (name === "%ENV" || name === "@ENV") return ref("%ENV");
  if (/^&\w/.test(name) || /^[\p{ID_Start}_]/u.test(name)) return ref(pathOfName(name));
  return data;
}

function member(walk: Walk, on: Value, name: string): Value {
  const path = on.kind === "text" ? pathOfName(on.text) : on.kind === "ref" ? on.path : null;
  if (path === null || path.includes("\0")) return { kind: "member", on, name };
  if (walk.methods.has(name) && perlNames().get(`${path}.${name}`) === undefined) return local;
  return ref(`${path}.${pathOfName(name)}`);
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  for (const { value } of keys) escape(walk, value);
  escape(walk, on);
  return data;
}

// `$x{key}`, `$x->{key}`, `$ENV{NAME}`.
function subscript(walk: Walk, run: Run, value: Value): Value {
  const group = run.nodes[run.at];
  const owner = run.nodes[run.at - 1];
  run.at += 1;
  if (group?.kind !== "group") return value;
  const key = subscriptKey(walk, group);
  if (isName(owner, "$ENV") && group.text === "{") {
    readVariable({ walk, what: "%ENV" }, key);
    return environmentElement;
  }
  if (isName(owner, "@ENV")) escape(walk, ref("%ENV"));
  if (value.kind !== "ref") escape(walk, value);
  return data;
}

function subscriptKey(walk: Walk, group: Group): string | null {
  const [only, second] = group.items;
  if (group.text === "{" && second === undefined && only?.kind === "name" && isBare(only)) return only.text;
  const items = itemsOf(walk, group);
  for (const { value } of items) escape(walk, value);
  return items.length === 1 ? knownText(items[0]?.value) : null;
}

function operand(walk: Walk, run: Run): Value | undefined {
  const [node, next] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (isOp(node, "*") && isGroup(next, "{")) {
    walk.report({ kind: "dynamic", what: "*{\u2026}", decoded: false });
    return undefined;
  }
  if (node?.kind === "name") inPlace(walk, run, node.text);
  if (node?.kind === "name" && node.text.startsWith("$")) return scalar(walk, run, node.text);
  if (node?.kind !== "name" || !isBare(node) || !isOp(next, "=>")) return undefined;
  run.at += 1;
  return textOf(node.text);
}

// A scalar is one word, whatever it holds.
function scalar(walk: Walk, run: Run, name: string): Value {
  run.at += 1;
  const value = resolve(walk, name);
  return value.kind === "data" ? someText : value;
}

// `$^I = …` rewrites the files that `<>` reads; a name in `@ARGV` may be a command for it.
function inPlace(walk: Walk, run: Run, name: string): void {
  const before = run.nodes[run.at - 1];
  const isGiven = isOp(run.nodes[run.at + 1], "=");
  if (name === "$^I" && isGiven) walk.report({ kind: "write", path: null, mode: "overwrite", what: "$^I" });
  const isGrown = isName(before, "push") || isName(before, "unshift") || isName(before, "splice");
  if (name === "@ARGV" && (isGiven || isGrown)) reportUnknown(walk, "a change of @ARGV");
}

function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at];
  const before = run.nodes[run.at - 1];
  if (isOp(next, "->")) return arrow(walk, run, value);
  const isElement = next?.kind === "group" && next.text !== "(" && !next.spaced;
  if (isElement && (hasSigil(before) || before?.kind === "group")) return subscript(walk, run, value);
  const isFunction = (value.kind === "ref" || value.kind === "local" || value.kind === "any") && isBare(before);
  return isFunction ? implicitCall(walk, run, value) : undefined;
}

function arrow(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at + 1];
  run.at += 2;
  if (next?.kind === "group" && next.text === "(") return call(walk, value, itemsOf(walk, next));
  if (next?.kind === "group") {
    run.at -= 1;
    return subscript(walk, run, value);
  }
  if (next?.kind !== "name") return (void (run.at += 1), data);
  const method: Value = hasSigil(next) ? { kind: "member", on: data, name: "\0" } : member(walk, value, next.text);
  const args = run.nodes[run.at];
  if (!isGroup(args, "(")) return call(walk, method, []);
  run.at += 1;
  return call(walk, method, itemsOf(walk, args));
}

const isKnownFunction = (path: string): boolean => perlNames().has(path);

function implicitCall(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at];
  if (isGroup(next, "(") || isOp(next, "::")) return undefined;
  // A class, a file handle or a constant.
  if (value.kind === "ref" && /^[\p{Lu}_]/u.test(value.path) && !isKnownFunction(value.path)) return data;
  if (isGroup(next, "{")) return blockCall(walk, run, value, next);
  return call(walk, value, beginsArguments(run) ? commandItems(walk, run) : []);
}

// `map {…} list`: the block is code; of `system {…} list` it names the program.
function blockCall(walk: Walk, run: Run, value: Value, block: Group): Value {
  run.at += 1;
  statements(walk, block.items);
  if (isOp(run.nodes[run.at], ",")) run.at += 1;
  const rest = commandItems(walk, run);
  const isProgram = value.kind === "ref" && (value.path === "system" || value.path === "exec");
  return call(walk, value, isProgram ? [{ name: null, value: data, spread: true }, ...rest] : rest);
}

function beginsArguments(run: Run): boolean {
  const node = run.nodes[run.at];
  if (node === undefined || node.kind === "end") return false;
  if (node.kind === "name") return !joins.has(node.text) && !separators.has(node.text);
  if (node.kind !== "op") return true;
  if (/^(?:\\|!|->|-X|\$|@)$/.test(node.text)) return node.text !== "->";
  const after = run.nodes[run.at + 1];
  return node.spaced && after?.spaced === false && /^(?:-|\+|%|&|~|\+\+|--)$/.test(node.text);
}

function braces(walk: Walk, group: Group, run: Run): Value {
  const before = run.nodes[run.at - 2];
  const isHash = before?.kind === "op" && !isOp(before, "->");
  if (isHash) return recordFrom(walk, itemsOf(walk, group));
  statements(walk, group.items);
  return data;
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  if (how === "called") reportUnknown(walk, `${path.replaceAll(".", "::")}()`);
}

function store(walk: Walk, on: Value, _given: Value): void {
  if (on === environmentElement || (on.kind === "ref" && on.path === "%ENV")) reportUnknown(walk, "a change of %ENV");
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const joins = set(
  "+ - * / % ** . x == != < > <= >= <=> lt gt le ge eq ne cmp isa =~ !~ && || // & | ^ << >> .. ... ? : ++ --",
);

const separators = set(
  "and or xor if unless while until for foreach elsif else return last next redo continue when given default BEGIN END INIT CHECK UNITCHECK",
);

/** Perl 5. */
export const perlDialect = lazily((): Dialect => ({
  lex: lexPerl,
  names: perlNames(),
  methods: perlMethods(),
  words: new Map<string, Word | null>([
    ...[...separators].map((word) => [word, null] as const),
    ...["if", "unless", "while", "until", "elsif", "given", "when"].map((word) => [word, condition] as const),
    ["for", control],
    ["foreach", control],
    ["eval", evaluating],
    ["do", doing],
    ["sub", defining],
    ["use", using],
    ["no", using],
    ["require", requiring],
    ["package", skippingName],
  ]),
  prefixes: set("! - + ~ \\ my our local state -X not ++ -- $ @ % & $#"),
  carriers: set("my our local state + @"),
  joins,
  glue: set("."),
  assigns: set("= ||= //= &&="),
  updates: set("+= -= *= /= .= %= **= x= <<= >>= &= |= ^="),
  dots: set("->"),
  keys: set("=>"),
  spreads: set(""),
  root,
  member,
  index,
  braces,
  operand,
  trail,
  store,
  unlisted,
}));
