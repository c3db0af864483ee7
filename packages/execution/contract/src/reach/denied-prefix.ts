// `deny_argv_prefixes`, so that respelling does not evade them: an element-wise prefix as published, or the same words and flags in
// another spelling. Source: spec/csc.md §2.5, F-22.

import type { Argv } from "../command-contract.ts";
import { type Interpreter, interpreterOf } from "./interpreters.ts";
import { isCode, type OptionWord, optionWords } from "./option-words.ts";

/** True when `argv` starts with `prefix`, or says the same: flags clustered, joined, moved or with others between them. */
export function hasDeniedPrefix(argv: Argv, prefix: Argv): boolean {
  if (prefix.every((word, index) => argv[index] === word)) return true;
  if (prefix.length < 2 || argv[0] !== prefix[0]) return false;
  return interpreterOf(argv[0] ?? "") === undefined ? sameWords(argv, prefix) : sameOptions(argv, prefix);
}

// An interpreter's options end where its program begins; words behind a script are the script's.
function sameOptions(argv: Argv, prefix: Argv): boolean {
  const facts = interpreterOf(argv[0] ?? "");
  if (facts === undefined) return false;
  const wanted = optionWords(prefix, facts);
  const given = optionWords(argv, facts);
  const operands = prefix.slice(wanted.operand);
  return (
    wanted.options.length + operands.length > 0 &&
    wanted.options.every((option) => given.options.some((one) => saysOption(one, option, facts))) &&
    operands.every((word, index) => argv[given.operand + index] === word)
  );
}

// Every way to hand over code is one way; a value that the prefix names must be that value: `python3 -m pip` is not `python3 -m pytest`.
function saysOption(given: OptionWord, wanted: OptionWord, facts: Interpreter): boolean {
  const isSame = given.name === wanted.name || (isCode(given.name, facts) && isCode(wanted.name, facts));
  return isSame && (wanted.value === undefined || wanted.value === given.value);
}

// Of other programs: the operands begin alike, and each flag stands somewhere before `--`.
function sameWords(argv: Argv, prefix: Argv): boolean {
  const end = argv.indexOf("--");
  const given = argv.slice(1, end < 0 ? argv.length : end);
  const operands = operandsOf(argv[0] ?? "", given);
  const wanted = prefix.slice(1).filter((word) => !isFlag(word));
  const flags = prefix.slice(1).filter(isFlag).flatMap(apart);
  return (
    wanted.every((word, index) => operands[index] === word) &&
    flags.every((flag) => given.some((word) => saysFlag(word, flag)))
  );
}

// `-rf` asks for both letters, in whatever order and words they are given.
function apart(flag: string): readonly string[] {
  return /^-[A-Za-z]{2,3}$/.test(flag) ? [...flag.slice(1)].map((letter) => `-${letter}`) : [flag];
}

function isFlag(word: string): boolean {
  return word.startsWith("-") && word.length > 1;
}

function saysFlag(word: string, flag: string): boolean {
  if (word === flag) return true;
  if (flag.startsWith("--")) return word.startsWith(`${flag}=`) || (word.length >= 4 && flag.startsWith(word));
  if (!/^-[A-Za-z]$/.test(flag) || !/^-[A-Za-z]/.test(word)) return false;
  // Joined (`-ofile`), or one of a few letters that stand together (`-xvf`).
  return word.startsWith(flag) || (/^-[A-Za-z]{2,4}$/.test(word) && word.includes(flag.charAt(1)));
}

// Options of well-known programs that take the next word; without them `git -C dir push` would begin with `dir`.
const VALUE_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["git", ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--super-prefix", "--config-env"]],
  ["npm", ["--prefix", "-C", "--workspace", "-w", "--registry"]],
  ["pnpm", ["--dir", "-C", "--filter", "-F"]],
  ["docker", ["-H", "--host", "--context", "-c", "--config", "-l", "--log-level"]],
  ["kubectl", ["-n", "--namespace", "--context", "--kubeconfig", "-s", "--server"]],
  ["cargo", ["--config", "--color", "-Z", "-C"]],
]);

function operandsOf(argv0: string, words: readonly string[]): readonly string[] {
  const valued = VALUE_OPTIONS.get(argv0) ?? [];
  return words.filter((word, index) => !isFlag(word) && !valued.includes(words[index - 1] ?? ""));
}
