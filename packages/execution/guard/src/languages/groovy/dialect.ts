// Groovy for the walker: calls without brackets, closures, properties that read and write files.
import { lexGroovy } from "../lex/groovy.ts";
import { type Group, isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { pathOf } from "../walk/acts.ts";
import { bind, bindNames, bindTargets, escape, reportUnknown, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { commandItems } from "../walk/command.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { textValue } from "../walk/items.ts";
import { lazily } from "../walk/names.ts";
import { data, knownText, local, ref, type Value } from "../walk/value.ts";
import { groovyMethods, groovyNames } from "./names.ts";

const hidden = /^(?:class|metaClass|classLoader|declaredMethods|methods|owner|delegate)$/;

function member(walk: Walk, on: Value, name: string): Value {
  if (on.kind === "ref" && !hidden.test(name))
    return ref(`${on.path}.${name}`.replace(/^java\.(?:io|net|lang|nio\.file)\./, ""));
  if (hidden.test(name) && name !== "class") walk.report({ kind: "dynamic", what: `.${name}`, decoded: false });
  const isContent = /^(?:text|bytes|getText|readLines|eachLine)$/.test(name);
  if (isContent && on.kind === "thing" && on.of === "File")
    walk.report({ kind: "read", path: on.path, what: `.${name}` });
  if (isContent && on.kind === "thing" && on.of === "URL")
    walk.report({ kind: "network", what: `.${name}`, direction: "fetch" });
  return { kind: "member", on, name };
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  const name = knownText(keys[0]?.value);
  for (const { value } of keys) escape(walk, value);
  escape(walk, on);
  return name === null ? data : { kind: "member", on: data, name };
}

// A member whose name is a text, a block after a call, arguments without brackets.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const [next, after] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (isOp(next, ".") && after?.kind === "text") {
    run.at += 2;
    return member(walk, value, knownText(textValue(walk, after)) ?? "\0");
  }
  if (isOp(next, "<<") && value.kind === "thing" && value.of === "File") appends(walk, value);
  if (isGroup(next, "{") && !next.fresh && value.kind !== "data") return closureCall(walk, run, value, next);
  if (isGroup(next, "{") && !next.fresh) return closureAfter(walk, run, next);
  if (next?.kind === "end" && next.text === "\n" && isOp(after, ".")) {
    run.at += 1;
    return value;
  }
  const isFunction = value.kind === "ref" || value.kind === "member" || value.kind === "local";
  return isFunction && beginsArguments(run) ? call(walk, value, commandItems(walk, run)) : undefined;
}

const appends = (walk: Walk, file: Value): void =>
  walk.report({ kind: "write", path: pathOf(file), mode: "append", what: "File <<" });

function closureAfter(walk: Walk, run: Run, group: Group): Value {
  run.at += 1;
  closure(walk, group);
  return data;
}

function closureCall(walk: Walk, run: Run, value: Value, group: Group): Value | undefined {
  if (value.kind !== "ref" && value.kind !== "member" && value.kind !== "local") return undefined;
  run.at += 1;
  closure(walk, group);
  return call(walk, value, []);
}

function closure(walk: Walk, group: Group): void {
  const arrow = group.items.slice(0, 24).findIndex((node) => isOp(node, "->"));
  if (arrow > 0) bindTargets(walk, group.items.slice(0, arrow));
  statements(walk, group.items);
}

function beginsArguments(run: Run): boolean {
  const [node, before] = [run.nodes[run.at], run.nodes[run.at - 1]];
  if (node === undefined || !node.spaced || node.fresh || before?.kind !== "name") return false;
  if (node.kind === "name")
    return !joins.has(node.text) && !separators.has(node.text) && !isOp(run.nodes[run.at + 1], "=");
  return node.kind === "text" || node.kind === "number" || isGroup(node, "[");
}

const condition: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  const inner = head.items.findIndex((node) => isName(node, "in") || isOp(node, ":"));
  if (inner > 0) bindNames(walk, head.items.slice(0, inner).slice(-1));
  statements(walk, head.items);
  return undefined;
};

// `def name = …`, `def name(params) {`: a type before a name declares it.
const declaring: Word = (walk, run) => {
  const [name, next] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (name?.kind === "name" && isGroup(next, "(")) {
    bind(walk, name.text, local);
    if (walk.pass === "bind") walk.methods.add(name.text);
    bindNames(
      walk,
      next.items.filter(
        (_, at) => next.items[at + 1] === undefined || isOp(next.items[at + 1], ",") || isOp(next.items[at + 1], "="),
      ),
    );
    statements(walk, next.items);
    run.at += 2;
  } else if (name?.kind === "name" && !isOp(next, "=")) {
    bind(walk, name.text, data);
    run.at += 1;
  }
  return undefined;
};

const classing: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (name?.kind === "name") bind(walk, name.text, local);
  run.at += 1;
  return undefined;
};

// `import a.b.C as D`.
const importing: Word = (walk, run) => {
  const nodes = takeTo(walk, run, (node) => node.kind === "end" || node.fresh);
  if (run.nodes[run.at - 1]?.kind !== "end") run.at -= 1;
  const alias = nodes.findIndex((node) => isName(node, "as"));
  const names = nodes
    .slice(0, alias < 0 ? nodes.length : alias)
    .filter((node): node is Node & { kind: "name" } => node.kind === "name" && node.text !== "static");
  const [to, from] = [nodes[alias + 1], names.at(-1)];
  if (alias >= 0 && to?.kind === "name" && from !== undefined) bind(walk, to.text, ref(from.text));
  if (/^(?:sun|jdk|groovyx?\.lang\.Gr|org\.codehaus\.groovy\.control)/.test(names.map(({ text }) => text).join(".")))
    reportUnknown(walk, `import ${names.map(({ text }) => text).join(".")}`);
  return undefined;
};

function operand(walk: Walk, run: Run): Value | undefined {
  const [node, next, after] = [run.nodes[run.at], run.nodes[run.at + 1], run.nodes[run.at + 2]];
  if (isOp(node, "@") && next?.kind === "name") {
    run.at += 2;
    if (/^Gra(?:b|pe)/.test(next.text)) walk.report({ kind: "dynamic", what: `@${next.text}`, decoded: false });
    return data;
  }
  // `Type name = …`: the type says nothing.
  const isWord = node?.kind === "name" && !joins.has(node.text) && !separators.has(node.text);
  if (!isWord || next?.kind !== "name" || !isOp(after, "=") || joins.has(next.text)) return undefined;
  run.at += 3;
  const given = expression(walk, run) ?? data;
  bind(walk, next.text, given);
  walk.assigned = given;
  return given;
}

function braces(walk: Walk, group: Group): Value {
  closure(walk, group);
  return local;
}

function store(walk: Walk, on: Value, _given: Value): void {
  if (on.kind !== "member") return on.kind === "ref" ? reportUnknown(walk, `a change of ${on.path}`) : undefined;
  if (/^(?:text|bytes)$/.test(on.name))
    walk.report({ kind: "write", path: pathOf(on.on), mode: "overwrite", what: `.${on.name} =` });
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (how === "called" && !walk.methods.has(name)) reportUnknown(walk, `${path}()`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));
const joins = set(
  "+ - * / % ** == != === !== <=> < > <= >= && || & | ^ << >> >>> =~ ==~ in instanceof as ? : ?: .. ..<",
);
const separators = set(
  "return if else for while switch case default break continue try finally throw assert new do import package extends implements",
);

/** Groovy. */
export const groovyDialect = lazily((): Dialect => ({
  lex: lexGroovy,
  names: groovyNames(),
  methods: groovyMethods(),
  words: new Map<string, Word | null>([
    ...[...separators, "final", "static", "private", "public", "protected", "abstract"].map(
      (word) => [word, null] as const,
    ),
    ...["if", "for", "while", "switch", "catch"].map((word) => [word, condition] as const),
    ["def", declaring],
    ["void", declaring],
    ["class", classing],
    ["enum", classing],
    ["interface", classing],
    ["import", importing],
    ["package", importing],
  ]),
  prefixes: set("! - + ~ ++ -- * new .."),
  carriers: set("new *"),
  joins,
  glue: set("+"),
  assigns: set("= ?="),
  updates: set("+= -= *= /= %= **= <<= >>= &= |= ^="),
  dots: set(". ?. *. .& .@ ::"),
  keys: set(":"),
  spreads: set("*"),
  text_calls: true,
  combine: (op, left) => (op === "as" ? left : data),
  root: (_walk, name) => ref(name),
  member,
  index,
  braces,
  operand,
  trail,
  store,
  unlisted,
}));
