// R for the walker: arrows that assign, functions given as texts, pipes.
import { lexR } from "../lex/r.ts";
import { type Group, isGroup, isName, isOp } from "../lex/tree.ts";
import { bind, bindNames, escape, reportUnknown, takeTo } from "../walk/bindings.ts";
import type { Dialect, Item, Run, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { lazily } from "../walk/names.ts";
import { data, knownText, local, ref, type Value } from "../walk/value.ts";
import { rMethods, rNames } from "./names.ts";

// `pkg::name` is the name; a package adds nothing to what it does.
function member(_walk: Walk, on: Value, name: string): Value {
  if (on.kind === "ref" && /^[\w.]+$/.test(on.path) && !rNames().has(on.path)) return ref(name);
  return { kind: "member", on, name };
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  for (const { value } of keys) escape(walk, value);
  // `x[["name"]]`: the inner brackets are a list of one.
  const [key] = keys;
  const inner = key?.value.kind === "list" ? key.value.items[0] : key?.value;
  const name = knownText(inner);
  escape(walk, on);
  return name === null ? data : { kind: "member", on: data, name };
}

const defining: Word = (walk, run) => {
  const params = run.nodes[run.at];
  if (!isGroup(params, "(")) return local;
  run.at += 1;
  bindNames(
    walk,
    params.items.filter((node, at) => node.kind === "name" && (at === 0 || isOp(params.items[at - 1], ","))),
  );
  statements(walk, params.items);
  escape(walk, expression(walk, run) ?? data);
  return local;
};

// `\(x) body`.
function operand(walk: Walk, run: Run): Value | undefined {
  if (!isOp(run.nodes[run.at], "\\")) return undefined;
  run.at += 1;
  return defining(walk, run);
}

// `value -> name`.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const [op, target] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (!isOp(op, "->") && !isOp(op, "->>")) return undefined;
  run.at += 2;
  if (target?.kind === "name") bind(walk, target.text, value);
  else escape(walk, value);
  return data;
}

const looping: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  const inner = { nodes: head.items, at: 0 };
  bindNames(
    walk,
    takeTo(walk, inner, (node) => isName(node, "in")),
  );
  statements(walk, head.items);
  return undefined;
};

const condition: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  statements(walk, head.items);
  return undefined;
};

function braces(walk: Walk, group: Group): Value {
  statements(walk, group.items);
  return data;
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  if (how === "called") reportUnknown(walk, `${path}()`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** R. */
export const rDialect = lazily((): Dialect => ({
  lex: lexR,
  names: rNames(),
  methods: rMethods(),
  words: new Map<string, Word | null>([
    ...["else", "repeat", "break", "next", "in"].map((word) => [word, null] as const),
    ["function", defining],
    ["for", looping],
    ["if", condition],
    ["while", condition],
  ]),
  prefixes: set("- + ! ~ ?"),
  carriers: set(""),
  joins: {
    has: (op: string) => /^%.*%$/.test(op) || joins.has(op),
  } as ReadonlySet<string>,
  glue: set(""),
  assigns: set("<- <<- = :="),
  updates: set(""),
  dots: set("$ @ :: :::"),
  keys: set("="),
  spreads: set(""),
  text_calls: true,
  calls_unseen: /\./,
  root: (_walk, name) => ref(name),
  member,
  index,
  braces,
  operand,
  trail,
  unlisted,
}));

const joins = set("+ - * / ^ == != < > <= >= && || & | ~ : |> ?");
