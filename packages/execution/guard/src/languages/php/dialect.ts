// PHP for the walker: variables that hold names of functions, members of computed names, includes.
import { lexPhp } from "../lex/php.ts";
import { type Group, isGroup, isName, isOp } from "../lex/tree.ts";
import { deletes, pure, readVariable, runsText, talks, writes } from "../walk/acts.ts";
import { bind, bindNames, escape, reportUnknown } from "../walk/bindings.ts";
import { commandItems } from "../walk/command.ts";
import type { Dialect, Item, Names, Run, Walk, Word } from "../walk/dialect.ts";
import { expression, statements } from "../walk/expression.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { data, environmentElement, knownText, local, ref, type Value } from "../walk/value.ts";
import { include } from "./acts.ts";
import { phpNames } from "./names.ts";

const methods = lazily((): Names =>
  namesOf(
    listed(
      pure,
      `format modify add sub diff gettimestamp settimestamp settimezone getmessage getcode gettrace gettraceasstring getline getfile
        getprevious push pop shift unshift top isempty enqueue dequeue insert extract count current key next rewind valid attach
        detach contains getarraycopy append offsetget offsetset offsetexists send getreturn settime setdate createfromformat
        createfrommutable createfrominterface getoffset days y m d h i s f invert __tostring __construct __get __invoke
        xpath children attributes getname`,
    ),
    listed(
      runsText,
      "invoke invokeargs newinstance newinstanceargs fromcallable bindto call bind def cdef setaccessible getmethod",
    ),
    listed(talks("send"), "connect request post get "),
    listed(deletes(-1), "unlink rmdir deletefile"),
    listed(writes("overwrite"), "save savehtml asxml extractto fwrite fputcsv"),
  ),
);

const root = (_walk: Walk, name: string): Value => {
  if (name === "$_env" || name === "$_server") return ref(name);
  return name.startsWith("$") ? data : ref(name.toLowerCase().replace(/^\\/, "").replaceAll("\\", "."));
};

function member(_walk: Walk, on: Value, name: string): Value {
  if (name.startsWith("$")) return on.kind === "ref" ? data : { kind: "member", on: data, name: "\0" };
  return on.kind === "ref" && !on.path.startsWith("$") ? ref(`${on.path}.${name}`) : { kind: "member", on, name };
}

function index(walk: Walk, on: Value, keys: readonly Item[]): Value {
  for (const { value } of keys) escape(walk, value);
  if (on.kind === "ref" && on.path.startsWith("$_")) {
    const key = knownText(keys[0]?.value);
    if (key === null || on.path === "$_env" || /^[A-Z]/.test(key)) readVariable({ walk, what: on.path }, key);
    return environmentElement;
  }
  escape(walk, on);
  return data;
}

// `$object->{…}`, `$object->$name`, `Class::$name`: members of computed names.
function trail(walk: Walk, run: Run, value: Value): Value | undefined {
  const [op, next] = [run.nodes[run.at], run.nodes[run.at + 1]];
  const isDot = op?.kind === "op" && dots.has(op.text);
  if (!isDot || !isGroup(next, "{")) return undefined;
  run.at += 2;
  statements(walk, next.items);
  escape(walk, value);
  return { kind: "member", on: data, name: "\0" };
}

const condition: Word = (walk, run) => {
  const head = run.nodes[run.at];
  if (!isGroup(head, "(")) return undefined;
  run.at += 1;
  statements(walk, head.items);
  return undefined;
};

const defining: Word = (walk, run) => {
  if (isOp(run.nodes[run.at], "&")) run.at += 1;
  const name = run.nodes[run.at];
  if (name?.kind === "name") {
    bind(walk, name.text, local);
    if (walk.pass === "bind") walk.methods.add(name.text);
    run.at += 1;
  }
  parameters(walk, run);
  if (isName(run.nodes[run.at], "use")) {
    run.at += 1;
    parameters(walk, run);
  }
  const body = run.nodes.slice(run.at, run.at + 8).findIndex((node) => isGroup(node, "{"));
  if (body < 0) return local;
  const group = run.nodes[run.at + body];
  run.at += body + 1;
  if (group?.kind === "group") statements(walk, group.items);
  return local;
};

function parameters(walk: Walk, run: Run): void {
  const params = run.nodes[run.at];
  if (!isGroup(params, "(")) return;
  run.at += 1;
  statements(walk, params.items);
  bindNames(
    walk,
    params.items.filter(
      (node, at) => node.kind === "name" && node.text.startsWith("$") && !isOp(params.items[at + 1], "="),
    ),
  );
}

const arrow: Word = (walk, run) => {
  parameters(walk, run);
  while (run.at < run.nodes.length && !isOp(run.nodes[run.at], "=>")) run.at += 1;
  run.at += 1;
  escape(walk, expression(walk, run) ?? data);
  return local;
};

const classing: Word = (walk, run) => {
  const name = run.nodes[run.at];
  if (name?.kind === "name") {
    bind(walk, name.text, local);
    run.at += 1;
  }
  return local;
};

const including: Word = (walk, run) => {
  const what = run.nodes[run.at - 1];
  include({ walk, what: what?.kind === "name" ? what.text : "include" }, expression(walk, run) ?? data);
  return data;
};

const evaluating: Word = (walk, run) => {
  walk.report({ kind: "dynamic", what: "eval", decoded: false });
  for (const { value } of commandItems(walk, run)) escape(walk, value);
  return data;
};

// `use Name as Other;` and `namespace Name;` name things; in a function's head `use` was taken before.
const naming: Word = (walk, run) => {
  while (run.at < run.nodes.length && run.nodes[run.at]?.kind !== "end" && !isGroup(run.nodes[run.at], "{")) {
    const [node, as, alias] = [run.nodes[run.at], run.nodes[run.at + 1], run.nodes[run.at + 2]];
    if (node?.kind === "name" && isName(as, "as") && alias?.kind === "name")
      bind(walk, alias.text, root(walk, node.text));
    run.at += 1;
  }
  return undefined;
};

function braces(walk: Walk, group: Group): Value {
  statements(walk, group.items);
  return data;
}

function unlisted(walk: Walk, path: string, how: "called" | "mentioned"): void {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (how === "called" && !walk.methods.has(name)) reportUnknown(walk, `${path}()`);
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));
const dots = set("-> ?-> ::");
const separators = `echo print return else case default break continue try finally do endif endwhile endfor endforeach endswitch public private protected
  abstract final static readonly var const extends implements insteadof global throw yield goto declare as and or xor interface trait enum`;

/** PHP. */
export const phpDialect = lazily((): Dialect => ({
  lex: lexPhp,
  names: phpNames(),
  methods: methods(),
  words: new Map<string, Word | null>([
    ...separators.split(/\s+/).map((word) => [word, null] as const),
    ...["if", "elseif", "while", "for", "foreach", "switch", "catch", "match"].map(
      (word) => [word, condition] as const,
    ),
    ...["include", "include_once", "require", "require_once"].map((word) => [word, including] as const),
    ["function", defining],
    ["fn", arrow],
    ["class", classing],
    ["eval", evaluating],
    ["use", naming],
    ["namespace", naming],
  ]),
  prefixes: set("! - + ~ & @ new clone ++ -- ... $"),
  carriers: set("new & @ ..."),
  joins: set("+ - * / % ** . == != === !== <> < > <= >= <=> && || ?? & | ^ << >> instanceof ? : ++ --"),
  glue: set("."),
  assigns: set("= ??="),
  updates: set("+= -= *= /= .= %= **= <<= >>= &= |= ^="),
  dots,
  keys: set("=>"),
  spreads: set("..."),
  text_calls: true,
  root,
  member,
  index,
  braces,
  trail,
  store: (walk, on) => {
    if (on === environmentElement) reportUnknown(walk, "a change of the environment");
  },
  unlisted,
}));
