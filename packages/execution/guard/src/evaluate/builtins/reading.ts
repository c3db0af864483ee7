// Standard input as variables.
import {
  type Arg,
  emptyStream,
  HOLE,
  isKnown,
  literal,
  sharedBeginning,
  type Stream,
  type Taint,
  unknownArg,
} from "../../arg.ts";
import { assignVariable } from "../assign-variable.ts";
import { splitAt } from "../fields.ts";
import { mergeShells } from "../merge-shells.ts";
import { type Shell, subshell } from "../shell.ts";
import { arrayOf, oneValue, unknownArray } from "../variable.ts";
import { type Builtin, operands } from "./builtin.ts";

/** `read`: a line of standard input as variables. */
export const read: Builtin = (walk, shell, start) => {
  const { names, array, plain } = readOptions(start.words.slice(1));
  const line = plain ? wholeLine(shell, start.stdin) : null;
  const { taints } = start.stdin;
  const hole: Arg = {
    ...unknownArg("input"),
    text: sharedBeginning(start.stdin) + HOLE,
    taints: taints.size > 0 ? taints : new Set<Taint>(["input"]),
  };
  const ifs = walk.ifs(shell);
  const words = line === null || ifs === null ? null : fieldsOf(line, ifs);
  const known = (text: string): Arg => ({ ...literal(text), taints });
  if (array !== null)
    assignVariable(walk, shell, array, arrayOf(words === null ? [{ ...hole, splits: true }] : words.map(known)));
  const targets = names.length === 0 ? ["REPLY"] : names;
  targets.forEach((name, index) => {
    const text =
      words === null ? null : fieldAt(words, index, { count: targets.length, line: line ?? "", ifs: ifs ?? "" });
    assignVariable(walk, shell, name, oneValue(text === null ? hole : known(text)));
  });
  shell.stdin = start.stdin === shell.stdin ? usedUp(start.stdin) : shell.stdin;
  return emptyStream;
};

interface ReadOptions {
  readonly names: readonly string[];
  readonly array: string | null;
  /** No option changes which stretch of the input is taken. */
  readonly plain: boolean;
}

function readOptions(rest: readonly Arg[]): ReadOptions {
  const names: string[] = [];
  let array: string | null = null;
  let plain = true;
  for (let at = 0; at < rest.length; at += 1) {
    const arg = rest[at];
    if (arg === undefined) break;
    const [, letter = "", glued = ""] = /^-[ers]*([adinNptuAkqz]?)(.*)$/s.exec(arg.text) ?? [];
    if (!isKnown(arg)) names.push(HOLE);
    else if (arg.text === "--" || !arg.text.startsWith("-")) names.push(...(arg.text === "--" ? [] : [arg.text]));
    else {
      const value = letter === "" || glued !== "" ? undefined : rest[(at += 1)];
      if (letter === "a") array = glued !== "" ? glued : value !== undefined && isKnown(value) ? value.text : HOLE;
      else if (!/^[pi]?$/.test(letter) || (letter === "" && glued !== "")) plain = false;
    }
  }
  return { names, array, plain };
}

// SECURITY: only what is redirected to the command itself is read from its beginning; of several lines, a loop reads each.
function wholeLine(shell: Shell, stdin: Stream): string | null {
  const { text } = stdin;
  if (text === null || stdin === shell.stdin || text.includes(HOLE) || text.includes("\\")) return null;
  const line = text.replace(/\n$/, "");
  return line.includes("\n") ? null : line;
}

/** Fields as `read` splits them; null where separators that are no blanks make it more than a list of words. */
function fieldsOf(line: string, ifs: string): readonly string[] | null {
  const odd = [...ifs].some((char) => !" \t\n".includes(char) && line.includes(char));
  if (!odd) return splitAt(line, ifs).filter((word) => word !== "");
  const blank = [...ifs].some((char) => " \t\n".includes(char));
  const [char] = ifs;
  if (blank || ifs.length !== 1 || char === undefined) return null;
  const fields = line.split(char);
  return fields.some((field) => field === "") ? null : fields;
}

interface Fielded {
  readonly count: number;
  readonly line: string;
  readonly ifs: string;
}

// The last name takes the rest as it stands, which is known where one separator stands between two fields.
function fieldAt(words: readonly string[], index: number, { count, line, ifs }: Fielded): string | null {
  if (index < count - 1 || words.length <= count) return words[index] ?? "";
  const between = /^[ \t\n]*$/.test(ifs) ? " " : ifs;
  return words.join(between) === line ? words.slice(index).join(between) : null;
}

const usedUp = (stdin: Stream): Stream =>
  stdin.from === "none"
    ? stdin
    : { ...stdin, text: null, taints: stdin.taints.size > 0 ? stdin.taints : new Set<Taint>(["input"]) };

/** `mapfile`: every line as an array. */
export const mapfile: Builtin = (walk, shell, start) => {
  // `-C TEXT` is run for every so many lines, in this shell.
  const callback = start.words[start.words.findIndex(({ text }) => /^-[a-zA-Z]*C$/.test(text)) + 1];
  if (callback !== undefined && callback !== start.words[0]) {
    const scope = subshell(shell);
    walk.shellText(scope, callback, { here: true });
    mergeShells(shell, [subshell(shell), scope]);
  }
  const target = operands(start).at(-1);
  const name = target === undefined ? "MAPFILE" : isKnown(target) ? target.text : HOLE;
  const { text, taints } = start.stdin;
  // Options but `-t` choose among the lines, or end them elsewhere.
  const plain = start.words.slice(1).every((arg) => arg === target || arg.text === "-t" || arg.text === "--");
  const trims = start.words.some((arg) => arg.text === "-t");
  const known = plain && text !== null && !text.includes(HOLE) && start.stdin !== shell.stdin;
  const lines = known && text !== "" ? text.replace(/\n$/, "").split("\n") : [];
  const values = known
    ? lines.map((line) => ({ ...literal(trims ? line : `${line}\n`), taints }))
    : [{ ...unknownArg("input", true), taints: taints.size > 0 ? taints : new Set<Taint>(["input"]) }];
  assignVariable(walk, shell, name, arrayOf(values));
  if (!plain) assignVariable(walk, shell, "MAPFILE", unknownArray);
  shell.stdin = start.stdin === shell.stdin ? usedUp(start.stdin) : shell.stdin;
  return emptyStream;
};
