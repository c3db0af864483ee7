// Python for the walker: its statements that bind names, its look-ups by name, its dunder names.
import { shown } from "../finding.ts";
import { lexPython } from "../lex/python.ts";
import { isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { readVariable } from "../walk/acts.ts";
import { bind, bindSeveral, bindTargets, escape, reportUnknown, takeTo } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Dialect, Item, Run, Site, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { itemsOf, recordFrom } from "../walk/items.ts";
import { find, lazily } from "../walk/names.ts";
import { data, knownText, local, ref, environmentElement, thing, type Value } from "../walk/value.ts";
import { joinPath } from "./acts.ts";
import { fromNamespace } from "./reflection.ts";
import { pythonMethods } from "./methods.ts";
import { pythonModules, pythonNames } from "./names.ts";
import { importing, importingFrom } from "./imports.ts";

const plainDunders = new Set(
  `name file doc version init len str repr eq iter next enter exit main all qualname module hash author contains getitem setitem
  post_init add sub mul lt gt le ge ne bool call slots annotations new format del copy deepcopy abs neg missing
  aenter aexit aiter anext await match_args spec package path debug init_subclass set_name title license`
    .split(/\s+/)
    .map((word) => `__${word}__`),
);

const frames =
  /^(?:f_(?:globals|builtins|locals|back|code)|[gc]i?_(?:frame|code)|[ac][gr]_(?:frame|code)|gi_frame|tb_frame|tb_next|func_(?:globals|code)|co_code|modules)$/;

function member(walk: Walk, on: Value, name: string): Value {
  if (on.kind === "ref" && (name === "__dict__" || name === "__builtins__"))
    return name === "__dict__" ? thing("namespace", on.path) : ref("builtins");
  if (on.kind === "ref" && name === "__call__") return on;
  if (name === "__class__") return { kind: "member", on: data, name };
  const isHidden = name.startsWith("__") && name.endsWith("__") ? !plainDunders.has(name) : frames.test(name);
  if (isHidden && !(on.kind === "ref" && on.path === "sys" && name === "modules")) return reach(walk, name);
  if (on.kind === "member" && on.name === "__class__" && !/^__(?:name|qualname|module|doc)__$/.test(name))
    return reach(walk, `__class__.${name}`);
  return on.kind === "ref" ? refMember(on.path, name) : { kind: "member", on, name };
}

function reach(walk: Walk, name: string): Value {
  walk.report({ kind: "dynamic", what: shown(name), decoded: false });
  return data;
}

const reachable = new Set(
  `os sys subprocess shutil builtins importlib socket ctypes posix nt pty code pickle marshal io pathlib tempfile imp runpy
  codecs inspect types gc multiprocessing urllib http signal`.split(/\s+/),
);

// SECURITY: `json.os`, `random._os`: a module that another one imported is that module.
function refMember(path: string, name: string): Value {
  if (path === "builtins" || path === "__builtins__" || path === "__builtin__") return ref(name);
  const own = `${path}.${name}`;
  if (name.startsWith("__")) return ref(own);
  const bare = name.replace(/^_+/, "");
  if (pythonModules().has(own) || path === "sys" || path === bare) return ref(own);
  if (reachable.has(bare)) return ref(bare);
  return name.startsWith("_") && pythonNames().get(own) === undefined ? ref(`?.${own}`) : ref(own);
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  const key = knownText(keys[0]?.value);
  for (const { value } of keys) escape(walk, value);
  const site = { walk, what: on.kind === "ref" ? on.path : "a namespace", args: keys, on, called: true };
  if (on.kind === "thing" && on.of === "namespace") return fromNamespace(site, on.path, key);
  if (on.kind === "ref") {
    if (on.path === "sys.modules") return key === null ? reach(walk, "sys.modules") : ref(key);
    if (on.path === "builtins" || on.path === "__builtins__") return key === null ? reach(walk, on.path) : ref(key);
    if (on.path === "os.environ") return variable(site, key);
  }
  escape(walk, on);
  return data;
}

function variable(site: Site, key: string | null): Value {
  readVariable(site, key);
  return environmentElement;
}

const defining: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (name?.kind !== "name") return undefined;
  bind(walk, name.text, local);
  if (walk.pass === "bind") walk.methods.add(name.text);
  run.at += 1;
  const params = run.nodes[run.at];
  if (isGroup(params, "(")) {
    run.at += 1;
    parameters(walk, params.items);
  }
  return undefined;
};

// Names first, then the defaults: `f=os.system` binds the name to it.
function parameters(walk: Walk, nodes: readonly Node[]): void {
  nodes.forEach((node, at) => {
    const before = nodes[at - 1];
    const starts = before === undefined || (before.kind === "op" && /^(?:,|\*\*?)$/.test(before.text));
    const isPlain = node.kind === "name" && !isOp(nodes[at + 1], "=") && !isOp(nodes[at + 1], ":");
    // The class itself is what a class method gets.
    if (starts && isPlain) bind(walk, node.text, node.text === "cls" ? local : data);
    if (starts && isOp(nodes[at + 1], ":") && !nodes.slice(at, at + 12).some((one) => isOp(one, "=")))
      bind(walk, node.text, data);
  });
  statements(walk, nodes);
}

const lambda: Word = (walk, run) => {
  parameters(
    walk,
    takeTo(walk, run, (node) => isOp(node, ":")),
  );
  escape(walk, expression(walk, run) ?? data);
  return local;
};

const looping: Word = (walk, run) => {
  const targets = takeTo(walk, run, (node) => isName(node, "in") || node.kind === "end");
  bindTargets(walk, targets);
  statements(walk, targets);
  return undefined;
};

const naming: Word = (walk, run) => {
  const target = run.nodes[run.at];
  if (target?.kind === "name" || target?.kind === "group") {
    run.at += 1;
    bindTargets(walk, [target]);
  }
  return undefined;
};

// A decorator is called with what it stands above.
function operand(walk: Walk, run: Run): Value | undefined {
  if (run.nodes[run.at]?.kind === "name" && isOp(run.nodes[run.at + 1], ",")) bindSeveral(walk, run);
  if (!isOp(run.nodes[run.at], "@") || run.nodes[run.at]?.fresh !== true) return undefined;
  run.at += 1;
  const decorator = expression(walk, run) ?? data;
  if (decorator.kind !== "data" && decorator.kind !== "member")
    call(walk, decorator, [{ name: null, value: data, spread: false }]);
  else escape(walk, decorator);
  return data;
}

function root(walk: Walk, name: string): Value {
  for (const note of walk.notes)
    if (note.startsWith("all of ") && find(pythonNames(), `${note.slice(7)}.${name}`) !== undefined)
      return ref(`${note.slice(7)}.${name}`);
  return ref(name);
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  const isConstant =
    /(?:^|\.)[A-Z][A-Za-z0-9_]*$/.test(path) && pythonModules().has(path.slice(0, path.lastIndexOf(".")));
  const isOwn = !path.includes(".") && !pythonModules().has(path);
  const isForeign = !pythonModules().has(path.split(".")[0] ?? "") && !path.startsWith("?.");
  if (how === "called") reportUnknown(walk, `${path}()`);
  else if (!isConstant && !isOwn && !isForeign && !/\.__\w+__$/.test(path) && !isPureModule(path))
    reportUnknown(walk, path);
}

// A module that is known whole and harmless may be handed on.
const isPureModule = (path: string): boolean => pythonNames().get(`${path}.*`)?.mild === true && path !== "os";

function store(walk: Walk, on: Value, _given: Value): void {
  if (on === environmentElement) reportUnknown(walk, "a change of os.environ");
  else if (on.kind === "ref" && /^(?:os|sys|builtins)\b/.test(on.path)) reportUnknown(walk, `a change of ${on.path}`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Python 2 and 3. */
export const pythonDialect = lazily((): Dialect => ({
  lex: lexPython,
  names: pythonNames(),
  methods: pythonMethods(),
  words: new Map<string, Word | null>([
    ["import", importing],
    ["from", importingFrom],
    ["def", defining],
    ["class", defining],
    ["lambda", lambda],
    ["for", looping],
    ["as", naming],
    ...`and or in is if else elif not return raise yield assert del global nonlocal pass break continue while try except finally
    with async`
      .split(/\s+/)
      .map((word) => [word, null] as const),
  ]),
  prefixes: set("not - + ~ * ** await"),
  carriers: set("await * **"),
  joins: set("+ - * / // % ** @ | & ^ << >> == != < > <= >= and or in is if else not"),
  glue: set("+"),
  assigns: set("= :="),
  updates: set("+= -= *= /= //= %= **= |= &= ^= <<= >>= @="),
  dots: set("."),
  keys: set(": ="),
  spreads: set("* **"),
  adjacent: true,
  calls_unseen: /^__\w+__$/,
  callbacks: set("map filter reduce sorted"),
  root,
  member,
  index,
  braces: (walk, group) => recordFrom(walk, itemsOf(walk, group)),
  operand,
  store,
  unlisted,
  combine: (op, left, right) => (op === "/" ? joinPath(left, right) : data),
}));
