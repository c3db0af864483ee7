// `xargs`: the words of a list become the words of a command. A list that is known is put in; one that is not is a hole with the list's sources.
import { type Arg, emptyStream, HOLE, isKnownStream, literal, type Stream, type Taint } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { oddWords, someWord, splitText } from "../_words.ts";

const options = grammar(
  "0,null a,arg-file= d,delimiter= E= e,eof=? I= i,replace=? L,max-lines= l=? n,max-args= o,open-tty P,max-procs= p,interactive process-slot-var= r,no-run-if-empty s,max-chars= show-limits t,verbose x,exit J= R= S= h,help version",
  { posix: true },
);

export const profile: Profile = {
  names: ["xargs", "gxargs"],
  summary: "runs a command with words from a list",
  judge: (call, on) => {
    const read = readOptions(call.args, options);
    const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
    if (read.has("help", "version")) return on.fine();
    const file = read.value("arg-file");
    const list = file === undefined ? call.stdin : on.contents([file]);
    const reads = file === undefined ? [] : [on.read(file)];
    const stdin = file === undefined ? emptyStream : call.stdin;
    const runs = commands(read, list).map((words) => on.run(words, { stdin }));
    return on.join(
      ...odd,
      ...reads,
      ...runs,
      on.fine(read.operands.length === 0 ? on.filtered(list) : (runs.at(-1)?.stdout ?? on.filtered(list))),
    );
  },
  matches: [
    { line: "echo id | xargs sudo", decision: "deny", effect: "privilege.elevate" },
    { line: "echo sudo id | xargs -I{} sh -c '{}'", decision: "deny", effect: "privilege.elevate" },
    { line: "cat jobs.txt | xargs -I{} sh -c '{}'", decision: "deny", effect: "code-injection.dynamic" },
    { line: "xargs -n1 bash -c < jobs.txt", decision: "deny", effect: "code-injection.dynamic" },
    { line: "printf '/etc' | xargs rm -rf", decision: "deny", effect: "delete.floor" },
    { line: "xargs -0 -P4 -- sudo < list.txt", decision: "deny", effect: "privilege.elevate" },
    { line: "echo dist | xargs rm -rf", decision: "rewrite", effect: "delete.trash" },
    { line: "xargs rm < list.txt", decision: "rewrite", effect: "delete.trash" },
    { line: "xargs --frob echo < list.txt", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "xargs < list.txt",
    "echo a b | xargs -n1 dirname",
    "seq=3; echo $seq | xargs -I{} echo item-{}",
    "xargs --help",
  ],
};

/** Lists of at most that many words are put in one by one; a longer one is one unknown word. */
const MAX_ITEMS = 32;

/** Every command that is started: one for each line where words are replaced, else one with the whole list behind it. */
function commands(read: Options, list: Stream): readonly (readonly Arg[])[] {
  const words = read.operands.length === 0 ? [literal("echo")] : read.operands;
  const mark =
    read.value("I")?.text ??
    read.value("J")?.text ??
    (read.has("replace") ? (read.value("replace")?.text ?? "{}") : null);
  const items = itemsOf(read, list, mark !== null);
  if (mark === null) return [[...words, ...items]];
  if (read.has("J")) return [words.flatMap((word) => (word.text === mark ? items : [word]))];
  return items.map((item) => words.map((word) => replaced(word, mark === "" ? "{}" : mark, item)));
}

function itemsOf(read: Options, list: Stream, lines: boolean): readonly Arg[] {
  const taints = list.taints.size === 0 ? new Set<Taint>(["input"]) : list.taints;
  const beginnings = (list.below ?? [beginning(list)]).slice(0, 16);
  const unknown = beginnings.map((text) => someWord(text, taints, !lines));
  if (!isKnownStream(list)) return unknown;
  const value = { ...literal(list.text), taints: list.taints };
  const items = read.has("null", "delimiter")
    ? list.text.split(delimiter(read)).map((text) => ({ ...value, text }))
    : lines
      ? linesOf(value)
      : splitText({ ...value, text: list.text.replaceAll("$", "\\$") });
  const some = items.filter(({ text }) => text !== "");
  return some.length > MAX_ITEMS ? [...unknown, ...some.slice(0, MAX_ITEMS)] : some;
}

// What a program is known to print at the start of each line: numbers of processes, names of branches.
const beginning = ({ text }: Stream): string => /^([A-Za-z0-9])\0\n?$/.exec(text ?? "")?.[1] ?? "";

const linesOf = (value: Arg): readonly Arg[] => value.text.split("\n").map((text) => ({ ...value, text: text.trim() }));

const escapes: Readonly<Record<string, string>> = { "\\n": "\n", "\\t": "\t", "\\0": "\n" };

// A NUL cannot stand in a known text: what would be separated by it is read line by line.
function delimiter(read: Options): string {
  const given = read.value("delimiter")?.text ?? "\n";
  return escapes[given] ?? (given === "" || given === HOLE ? "\n" : given);
}

function replaced(word: Arg, mark: string, item: Arg): Arg {
  if (!word.text.includes(mark)) return word;
  return {
    ...word,
    text: word.text.replaceAll(mark, () => item.text),
    taints: new Set([...word.taints, ...item.taints]),
    at: null,
  };
}
