// What Tcl's commands do with their words.
import { shown } from "../finding.ts";
import type { TclWord } from "./words.ts";
import { executing, filing, opening } from "./files.ts";
import { type TclAct, type TclCall, isKnown, pathOf } from "./call.ts";

const pure: TclAct = () => undefined;

const dynamic = ({ name, report }: TclCall): void => report({ kind: "dynamic", what: shown(name), decoded: false });

// A body in braces is read; anything that is put together is run unread.
function runBody(call: TclCall, word: TclWord | undefined): void {
  if (word === undefined) return;
  if (word.braced || isKnown(word)) call.script(word.text);
  else dynamic(call);
}

const bodyAt =
  (...places: readonly number[]): TclAct =>
  (call) => {
    for (const place of places) runBody(call, call.args.at(place));
  };

const conditional: TclAct = (call) => {
  call.args.forEach((word, at) => {
    const isWord = /^(?:then|else|elseif)$/.test(word.text) && !word.braced;
    const before = call.args[at - 1]?.text;
    const isCondition = at === 0 || before === "elseif";
    if (isWord) return;
    if (isCondition) call.expression(word.text);
    else runBody(call, word);
  });
};

const looping: TclAct = (call) => {
  const [condition] = call.name === "for" ? call.args.slice(1) : call.args;
  if (condition !== undefined) call.expression(condition.text);
  const bodies = call.name === "for" ? [call.args[0], call.args[2], call.args[3]] : [call.args[1]];
  for (const body of bodies) runBody(call, body);
};

const expressing: TclAct = (call) => {
  for (const word of call.args) {
    if (word.braced) call.expression(word.text);
    else if (word.scripts.length === 0 && /[[]/.test(word.text)) dynamic(call);
  }
};

// Patterns and bodies, in one list or one by one: all that stands in braces is read as a body.
const switching: TclAct = (call) => {
  const last = call.args.at(-1);
  if (last?.braced === true) for (const body of bracedIn(last.text)) call.script(body);
  else for (const word of call.args.slice(2)) runBody(call, word);
};

function bracedIn(list: string): readonly string[] {
  const bodies: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    if (list[at] === "\\") at += 1;
    else if (list[at] === "{" && depth++ === 0) from = at + 1;
    else if (list[at] === "}" && --depth === 0) bodies.push(list.slice(from, at));
  }
  return bodies;
}

const trying: TclAct = (call) => {
  for (const word of call.args) if (word.braced && /\s/.test(word.text)) runBody(call, word);
  runBody(call, call.args[0]);
};

const evaluating: TclAct = (call) => {
  const words = call.args.slice(call.name === "uplevel" && /^#?\d+$/.test(call.args[0]?.text ?? "") ? 1 : 0);
  if (words.length > 0 && words.every((word) => !word.spread && (word.braced || isKnown(word))))
    call.script(words.map(({ text }) => text).join(" "));
  else dynamic(call);
};

const namespaces: TclAct = (call) => {
  if (call.args[0]?.text === "eval") runBody(call, call.args[2]);
  else if (
    !/^(?:current|exists|children|parent|qualifiers|tail|export|import|delete|which|origin)$/.test(
      call.args[0]?.text ?? "",
    )
  )
    dynamic(call);
};

const substituting: TclAct = (call) => {
  const word = call.args.at(-1);
  if (call.args.some(({ text }) => text === "-nocommands")) return;
  if (word !== undefined && (word.braced || isKnown(word))) call.expression(word.text);
  else dynamic(call);
};

const packages =
  /^(?:Tcl|Tk|http|json|json::write|csv|struct(?:::\w+)?|math(?:::\w+)?|cmdline|fileutil|md5|sha1|sha256|base64|uuid|textutil|tcltest|msgcat|opt)$/;

const requiring: TclAct = ({ args, report }) => {
  if (args[0]?.text !== "require") return;
  const name = pathOf(args.find((word, at) => at > 0 && !word.text.startsWith("-")));
  if (name === null || !packages.test(name)) report({ kind: "load", path: null, what: name ?? "package" });
};

const sourcing: TclAct = ({ args, report }) => report({ kind: "load", path: pathOf(args.at(-1)), what: "source" });

const environment: TclAct = (call) => {
  if (
    /^(?:get|names|size|exists|set|unset|for|default)$/.test(call.args[0]?.text ?? "") &&
    call.args[1]?.text === "env"
  )
    call.report({ kind: "environment", what: "env" });
  runBody(call, call.args[0]?.text === "for" ? call.args[3] : undefined);
};

const setting: TclAct = ({ args, report }) => {
  if (/^(?:::)?env\(/.test(args[0]?.text ?? "") && args.length > 1)
    report({ kind: "unknown", what: "a change of env" });
};

// `dict for {k v} $d {…}` runs its last word, `dict get` does not.
const dictionary: TclAct = (call) => {
  if (/^(?:for|map|filter|with|update)$/.test(call.args[0]?.text ?? "")) runBody(call, call.args.at(-1));
};

// `-command` names what is called.
const sorting: TclAct = (call) => {
  if (call.args.some(({ text }) => text.startsWith("-com"))) dynamic(call);
};

const channel: TclAct = (call) => {
  if (!/^(?:configure|puts|gets|read|close|eof|flush|seek|tell|names|blocked|copy)$/.test(call.args[0]?.text ?? ""))
    dynamic(call);
};

const later: TclAct = (call) => {
  if (call.args.length > 1 && !/^(?:cancel|info)$/.test(call.args[0]?.text ?? "")) runBody(call, call.args[1]);
};

const calls: readonly (readonly [TclAct, string])[] = [
  [
    pure,
    `puts gets read incr append lappend list lindex llength lrange lreplace lset linsert lassign lreverse lrepeat
    concat join split string format scan regexp regsub clock info exit return break continue global variable upvar unset
    close eof flush fconfigure fcopy seek tell pwd glob pid binary encoding error throw tailcall yield update vwait
    http::data http::status http::ncode http::cleanup parray zlib wm mathfunc global json::json2dict md5::md5 sha1::sha1
    csv::split csv::join textutil::trim`,
  ],
  [setting, "set"],
  [expressing, "expr"],
  [conditional, "if"],
  [looping, "while for"],
  [bodyAt(-1), "foreach lmap proc"],
  [bodyAt(0), "catch time timerate"],
  [dictionary, "dict"],
  [sorting, "lsort lsearch"],
  [channel, "chan"],
  [switching, "switch"],
  [trying, "try"],
  [evaluating, "eval uplevel"],
  [namespaces, "namespace"],
  [substituting, "subst"],
  [executing, "exec"],
  [opening, "open"],
  [filing, "file"],
  [requiring, "package"],
  [sourcing, "source"],
  [environment, "array"],
  [later, "after"],
  [
    dynamic,
    "interp load apply coroutine trace rename unknown thread::create thread::send tcl::unsupported oo::define bgerror chan",
  ],
  [({ report }) => report({ kind: "network", what: "socket", direction: "send" }), "socket"],
  [({ report }) => report({ kind: "network", what: "http::geturl", direction: "fetch" }), "http::geturl"],
  [({ report }) => report({ kind: "unknown", what: "cd" }), "cd"],
  [({ report, args }) => report({ kind: "delete", path: pathOf(args[0]), what: "fileutil" }), "fileutil::delete"],
];

/** Acts by command name. */
export const tclActs: ReadonlyMap<string, TclAct> = new Map(
  calls.flatMap(([act, words]) =>
    words
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => [word, act] as const),
  ),
);
