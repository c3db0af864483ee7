// Lua for the walker: calls with a text or a table instead of brackets, the table of all names.
import { lexLua } from "../lex/lua.ts";
import { type Group, isGroup, isName, isOp } from "../lex/tree.ts";
import { deletes, pure, runsShell, runsText } from "../walk/acts.ts";
import { bind, bindTargets, escape, reportUnknown, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Dialect, Item, Names, Run, Walk, Word } from "../walk/dialect.ts";
import { itemsOf, recordFrom, textValue } from "../walk/items.ts";
import { find, lazily, listed, namesOf } from "../walk/names.ts";
import { data, knownText, local, ref, type Value } from "../walk/value.ts";
import { luaModules, luaNames } from "./names.ts";

const methods = lazily((): Names =>
  namesOf(
    listed(
      pure,
      `read write lines close seek flush setvbuf byte char find format gmatch gsub len lower match rep reverse sub upper pack unpack
        insert concat remove sort encode decode`,
    ),
    listed(runsShell(), "execute popen"),
    listed(deletes(), "rmdir unlink"),
    listed(runsText, "load loadstring dofile loadfile loadlib getinfo sethook getupvalue setupvalue"),
  ),
);

function member(walk: Walk, on: Value, name: string): Value {
  if (on.kind !== "ref") return { kind: "member", on, name };
  if (on.path === "_G" || on.path === "_ENV") return ref(name);
  if (on.path === "package" && name !== "loaded" && name !== "config") return ref(`package.${name}`);
  if (on.path === "package.loaded" || on.path === "package.preload") return ref(name);
  return walk.methods.has(name) && find(luaNames(), `${on.path}.${name}`) === undefined
    ? local
    : ref(`${on.path}.${name}`);
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  const key = keys[0]?.value ?? data;
  escape(walk, key);
  const name = knownText(key);
  if (name !== null) return member(walk, on, name);
  const isWorld =
    on.kind === "ref" && (on.path.startsWith("_") || luaModules().has(on.path) || on.path === "package.loaded");
  if (isWorld && on.path !== "arg") walk.report({ kind: "dynamic", what: `${on.path}[\u2026]`, decoded: false });
  else escape(walk, on);
  return key.kind === "number" || isWorld ? data : { kind: "member", on: data, name: "\0" };
}

// `f "text"`, `f {table}`: calls.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const next = run.nodes[run.at];
  if (next?.kind !== "text" && !isGroup(next, "{")) return undefined;
  if (value.kind === "number" || value.kind === "record") return undefined;
  // A table after a text is no call of it.
  if (value.kind === "text" || value.kind === "data" ? next.fresh : false) return undefined;
  run.at += 1;
  const argument = next.kind === "group" ? recordFrom(walk, itemsOf(walk, next)) : textValue(walk, next);
  return call(walk, value, [{ name: null, value: argument, spread: false }]);
}

const defining: Word = (walk, run) => {
  let name = run.nodes[run.at];
  while (name?.kind === "name" || isOp(name, ".") || isOp(name, ":")) {
    if (name?.kind === "name") {
      const isMethod = isOp(run.nodes[run.at - 1], ".") || isOp(run.nodes[run.at - 1], ":");
      if (!isMethod) bind(walk, name.text, local);
      if (walk.pass === "bind") walk.methods.add(name.text);
    }
    run.at += 1;
    name = run.nodes[run.at];
  }
  if (isGroup(name, "(")) {
    run.at += 1;
    bindTargets(walk, name.items);
  }
  return local;
};

const looping: Word = (walk, run) => {
  const targets = takeTo(walk, run, (node) => isName(node, "in") || isOp(node, "=") || isName(node, "do"));
  bindTargets(walk, targets);
  return undefined;
};

// `local a, b`: names without a value.
const declaring: Word = (walk, run) => {
  const [name, next] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (name?.kind === "name" && name.text !== "function" && !isOp(next, "=")) {
    bind(walk, name.text, data);
    run.at += 1;
  }
  return undefined;
};

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  if (how === "called") reportUnknown(walk, `${path.replace(/^library /, "")}()`);
  else if (/^(?:_G|os|io|package)$/.test(path)) reportUnknown(walk, path);
}

function braces(walk: Walk, group: Group): Value {
  group.items.forEach((node, at) => {
    const isFunction = isOp(group.items[at + 1], "=") && isName(group.items[at + 2], "function");
    if (node.kind === "name" && isFunction && walk.pass === "bind") walk.methods.add(node.text);
  });
  return recordFrom(walk, itemsOf(walk, { items: group.items.map((node) => (node.kind === "end" ? comma : node)) }));
}
const comma = { kind: "op", text: ",", pieces: [], spaced: false, fresh: false } as const;

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Lua 5 and LuaJIT. */
export const luaDialect = lazily((): Dialect => ({
  lex: lexLua,
  names: luaNames(),
  methods: methods(),
  words: new Map<string, Word | null>([
    ...`do end if then else elseif while repeat until return break goto in`
      .split(" ")
      .map((word) => [word, null] as const),
    ["function", defining],
    ["for", looping],
    ["local", declaring],
  ]),
  prefixes: set("- # ~ not ..."),
  carriers: set(""),
  joins: set("+ - * / // % ^ .. == ~= < > <= >= and or & | ~ << >>"),
  glue: set(".."),
  assigns: set("="),
  updates: set(""),
  dots: set(". :"),
  keys: set("="),
  spreads: set(""),
  keeps: set("os io debug package _G _ENV"),
  root: (_walk, name) => ref(name),
  member,
  index,
  braces,
  trail,
  store: (walk, on) => {
    if (on.kind === "ref" && /^(?:package|os|io|string|_G)\b/.test(on.path))
      reportUnknown(walk, `a change of ${on.path}`);
  },
  unlisted,
}));
