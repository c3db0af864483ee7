// A call judged as one of git: by git itself, by the wrappers that hand their words on to it.
import { type Arg, HOLE } from "../../arg.ts";
import { shown } from "../../git/git-call.ts";
import { type GitLine, readLine } from "../../git/git-globals.ts";
import { subcommands } from "../../git/git-subcommands.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { splitText } from "../_words.ts";

/** Judges the words of `call` as git's. */
export function judgeGit(call: Call, on: Evaluation): Outcome {
  const line = readLine(call, on);
  return on.join(...line.outcomes, judgeSub(call, on, line));
}

function judgeSub(call: Call, on: Evaluation, { sub, args, dir, aliases }: Omit<GitLine, "outcomes">): Outcome {
  if (sub === undefined || asksForHelp(args)) return on.fine();
  const judge = sub.text.includes(HOLE) ? undefined : subcommands.get(sub.text);
  if (judge !== undefined) return judge({ sub: sub.text, args, stdin: call.stdin, dir }, on);
  const alias = aliases.get(sub.text.toLowerCase());
  const [first, ...rest] = alias === undefined ? [] : splitText({ ...sub, text: alias, at: null });
  if (first !== undefined) return judgeSub(call, on, { sub: first, args: [...rest, ...args], dir, aliases: new Map() });
  return on.effect("unknown.option", `run \`git ${shown(sub)}\`, which is no command of git's own`);
}

const asksForHelp = ([first, ...rest]: readonly Arg[]): boolean =>
  first?.text === "--help" || (first?.text === "-h" && rest.length === 0);
