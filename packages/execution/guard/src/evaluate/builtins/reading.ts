// Standard input as variables.
import { type Arg, emptyStream, HOLE, literal, sharedBeginning, type Taint, unknownArg } from "../../arg.ts";
import { splitAt } from "../fields.ts";
import { oneValue } from "../shell.ts";
import { type Builtin, operands } from "./builtin.ts";

/** `read`: a line of standard input as variables. */
export const read: Builtin = (walk, shell, start) => {
  const rest = start.words.slice(1);
  const names: string[] = [];
  let array: string | null = null;
  for (let at = 0; at < rest.length; at += 1) {
    const text = rest[at]?.text ?? "";
    if (/^-[a-zA-Z]*a$/.test(text)) array = rest[(at += 1)]?.text ?? null;
    else if (/^-[a-zA-Z]*[dinNptu]$/.test(text)) at += 1;
    else if (!text.startsWith("-")) names.push(text);
  }
  const { text, taints } = start.stdin;
  const line = text === null ? null : (text.split("\n")[0] ?? "");
  const hole: Arg = {
    ...unknownArg("input"),
    text: sharedBeginning(start.stdin) + HOLE,
    taints: taints.size > 0 ? taints : new Set<Taint>(["input"]),
  };
  const words = line === null ? null : splitAt(line, walk.ifs(shell)).filter((word) => word !== "");
  if (array !== null)
    shell.vars.set(array, {
      alternatives: [
        words === null ? [{ ...hole, splits: true }] : words.map((word) => ({ ...literal(word), taints })),
      ],
      array: true,
    });
  const targets = names.length === 0 ? ["REPLY"] : names;
  // A loop reads every line: only a text of one line is known.
  const single = text !== null && text.trimEnd().split("\n").length === 1;
  targets.forEach((name, index) => {
    const value =
      words === null || !single
        ? hole
        : { ...literal(index === targets.length - 1 ? words.slice(index).join(" ") : (words[index] ?? "")), taints };
    shell.vars.set(name, oneValue(value));
  });
  return emptyStream;
};

/** `mapfile`: every line as an array. */
export const mapfile: Builtin = (walk, shell, start) => {
  // `-C TEXT` is run for every so many lines.
  const callback = start.words[start.words.findIndex(({ text }) => /^-[a-zA-Z]*C$/.test(text)) + 1];
  if (callback !== undefined && callback !== start.words[0]) walk.shellText(shell, callback, {});
  const name = operands(start).at(-1)?.text ?? "MAPFILE";
  const { text, taints } = start.stdin;
  const values =
    text === null || text.includes(HOLE)
      ? [{ ...unknownArg("input", true), taints }]
      : text
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => literal(line));
  shell.vars.set(name, { alternatives: [values], array: true });
  return emptyStream;
};
