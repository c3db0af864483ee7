// awk for the walker: redirections of `print`, pipes to and from commands, `getline`.
import { lexAwk } from "../lex/awk.ts";
import { type Group, isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { pathOf, pure, readVariable, reporting, reportShell, runsShell } from "../walk/acts.ts";
import { reportFedShell } from "../walk/feed.ts";
import { bind, bindTargets, escape, reportUnknown } from "../walk/bindings.ts";
import type { Dialect, Item, Names, Run, Walk, Word } from "../walk/dialect.ts";
import { plainOperand, rest, statements } from "../walk/expression.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { concat, data, knownText, local, ref, type Value } from "../walk/value.ts";

const functions = `
  length substr index split sub gsub gensub match sprintf tolower toupper sin cos atan2 exp log sqrt int rand srand strftime systime mktime
  strtonum and or xor lshift rshift compl asort asorti patsplit typeof isarray fflush close mkbool dcgettext bindtextdomain ord chr
  ENVIRON PROCINFO NR NF FNR
`;

const awkNames = lazily((): Names =>
  namesOf(
    listed(pure, functions),
    listed(runsShell(), "system"),
    listed(
      reporting(({ walk }) => walk.report({ kind: "environment", what: "ENVIRON" })),
      "ENVIRON",
    ),
  ),
);

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  for (const { value } of keys) escape(walk, value);
  if (on.kind !== "ref" || on.path !== "ENVIRON") return data;
  readVariable({ walk, what: "ENVIRON" }, knownText(keys[0]?.value));
  return data;
}

// `print … > file`, `>> file`, `| command`: the first such sign outside brackets.
const printing: Word = (walk, run) => {
  const from = run.at;
  while (run.at < run.nodes.length && run.nodes[run.at]?.kind !== "end") run.at += 1;
  const nodes = run.nodes.slice(from, run.at);
  const sign = nodes.findIndex((node) => node.kind === "op" && /^(?:>|>>|\||\|&)$/.test(node.text));
  statements(walk, sign < 0 ? nodes : nodes.slice(0, sign));
  if (sign >= 0) redirect(walk, nodes[sign]?.text ?? "", nodes.slice(sign + 1));
  return data;
};

function redirect(walk: Walk, sign: string, nodes: readonly Node[]): void {
  const value = joined(walk, nodes);
  const path = pathOf(value);
  if (path?.startsWith("/inet") === true) walk.report({ kind: "network", what: path, direction: "send" });
  else if (sign.startsWith("|")) reportFedShell({ walk, what: `print ${sign}` }, value);
  else if (path !== "/dev/stderr" && path !== "/dev/stdout")
    walk.report({ kind: "write", path, mode: sign === ">" ? "overwrite" : "append", what: `print ${sign}` });
}

// Operands side by side are one text.
function joined(walk: Walk, nodes: readonly Node[]): Value {
  const [only, second] = nodes;
  if (second === undefined && isGroup(only, "(")) return joined(walk, only.items);
  const isPlain = nodes.every(({ kind }) => kind === "text" || kind === "name");
  if (!isPlain) return rest(walk, { nodes, at: 0 });
  const run: Run = { nodes, at: 0 };
  const parts: Value[] = [];
  while (run.at < nodes.length) parts.push(plainOperand(walk, run) ?? data);
  return concat(parts);
}

// `command | getline`: the command is a text that stands alone before the sign.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const isPipe = isOp(run.nodes[run.at], "|") || isOp(run.nodes[run.at], "|&");
  if (!isPipe || !isName(run.nodes[run.at + 1], "getline")) return undefined;
  const before = run.nodes[run.at - 2];
  const isAlone =
    before === undefined || before.kind === "op" || before.kind === "end" || isGroup(before, "{") || isReserved(before);
  run.at += 2;
  target(walk, run);
  const isInet = knownText(value)?.startsWith("/inet") === true;
  if (isInet) walk.report({ kind: "network", what: "/inet", direction: "send" });
  else reportShell({ walk, what: "| getline" }, isAlone ? value : data);
  return data;
}

const isReserved = (node: Node): boolean => node.kind === "name" && awkWords.has(node.text);

// The variable that `getline` fills.
function target(walk: Walk, run: Run): void {
  const [node, next] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (node?.kind === "name" && !awkWords.has(node.text)) {
    bind(walk, node.text, data);
    run.at += isGroup(next, "[") ? 2 : 1;
  } else if (isOp(node, "$")) run.at += 2;
}

const getting: Word = (walk, run) => {
  target(walk, run);
  if (!isOp(run.nodes[run.at], "<")) return data;
  run.at += 1;
  const value = plainOperand(walk, run);
  const next = run.nodes[run.at];
  const goesOn = next?.kind === "text" || next?.kind === "name" || isGroup(next, "(") || isOp(next, "$");
  const path = goesOn ? null : pathOf(value);
  if (path?.startsWith("/inet") === true) walk.report({ kind: "network", what: path, direction: "fetch" });
  else if (path !== "-" && path !== "/dev/stdin") walk.report({ kind: "read", path, what: "getline <" });
  return data;
};

const defining: Word = (walk, run) => {
  const [name, params] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (name?.kind === "name") bind(walk, name.text, local);
  if (isGroup(params, "(")) bindTargets(walk, params.items);
  run.at += 2;
  return undefined;
};

const condition: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  statements(walk, head.items);
  return undefined;
};

// `@include "file"`, `@load "library"`, `@name(…)`.
function operand(walk: Walk, run: Run): Value | undefined {
  const [node, next, after] = [run.nodes[run.at], run.nodes[run.at + 1], run.nodes[run.at + 2]];
  if (!isOp(node, "@") || next?.kind !== "name") return undefined;
  run.at += 2;
  if (next.text === "include" && after?.kind === "text")
    walk.report({ kind: "load", path: String(after.pieces[0]), what: "@include" });
  else walk.report({ kind: "dynamic", what: `@${next.text}`, decoded: false });
  return data;
}

function braces(walk: Walk, group: Group): Value {
  statements(walk, group.items);
  return data;
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  if (how === "called") reportUnknown(walk, `${path}()`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const awkWords = new Map<string, Word | null>([
  ...`else do break continue next nextfile exit return delete case default BEGIN END BEGINFILE ENDFILE in`
    .split(" ")
    .map((word) => [word, null] as const),
  ...["if", "while", "for", "switch"].map((word) => [word, condition] as const),
  ["print", printing],
  ["printf", printing],
  ["getline", getting],
  ["function", defining],
  ["func", defining],
]);

/** POSIX awk, gawk, mawk, nawk and busybox awk. */
export const awkDialect = lazily((): Dialect => ({
  lex: lexAwk,
  names: awkNames(),
  methods: new Map(),
  words: awkWords,
  prefixes: set("! - + ++ -- $"),
  carriers: set(""),
  joins: set("+ - * / % ^ ** == != < > <= >= ~ !~ && || in ? : ++ -- |"),
  glue: set(""),
  assigns: set("="),
  updates: set("+= -= *= /= %= ^= **="),
  dots: set(""),
  keys: set(""),
  spreads: set(""),
  adjacent: true,
  root: (_walk, name) => ref(name.replace(/^awk::/, "")),
  member: (_walk, on, name) => ({ kind: "member", on, name }),
  index,
  braces,
  operand,
  trail,
  store: (walk, on) => {
    if (on.kind === "ref" && on.path === "ENVIRON") reportUnknown(walk, "a change of ENVIRON");
  },
  unlisted,
}));
