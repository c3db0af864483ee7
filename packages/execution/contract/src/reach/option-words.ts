// Reading the options of an interpreter the way it reads them itself: short ones may stand together, the last may carry its value, and all
// of it ends at the first operand.

import type { Argv } from "../command-contract.ts";
import type { Interpreter } from "./interpreters.ts";

/** One option: `c`, or a long one with its dashes. `word` is where it stands in the argv. */
export type OptionWord = { readonly name: string; readonly word: number };

/** What an interpreter takes as options, and the index of its first operand (the argv's length when there is none). */
export type OptionWords = { readonly options: readonly OptionWord[]; readonly operand: number };

/** The options of `argv`, whose first word is the interpreter. */
export function optionWords(argv: Argv, facts: Interpreter): OptionWords {
  const options: OptionWord[] = [];
  let at = 1;
  while (at < argv.length) {
    const word = argv[at] ?? "";
    if (!isOption(word, facts)) break;
    if (word === "--") {
      at += 1;
      break;
    }
    const read = isLong(word, facts) ? longWord(word, facts) : shortWord(word, facts);
    options.push(...read.names.map((name) => ({ name, word: at })));
    at += read.takesNext ? 2 : 1;
    // Code ends the options: what follows are its arguments.
    if (read.names.some((name) => isCode(name, facts))) return { options, operand: argv.length };
  }
  return { options, operand: Math.min(at, argv.length) };
}

/** True for an option whose value is code. */
export function isCode(name: string, facts: Interpreter): boolean {
  return name.length === 1
    ? facts.code_short.includes(name)
    : facts.code_long.some((long) => long === name || isAbbreviated(name, long));
}

// getopt_long and PowerShell take any beginning that is long enough to tell.
function isAbbreviated(name: string, long: string): boolean {
  return long.startsWith(name) && name.length >= 4;
}

function isOption(word: string, facts: Interpreter): boolean {
  return (
    (word.startsWith("-") && word.length > 1) ||
    facts.code_long.includes(word.toLowerCase()) ||
    /^\+[A-Za-z]/.test(word)
  );
}

function isLong(word: string, facts: Interpreter): boolean {
  const lower = word.toLowerCase();
  return (
    word.startsWith("--") ||
    [...facts.code_long, ...facts.value_long].some((long) => !long.startsWith("--") && long === lower)
  );
}

type Reading = { readonly names: readonly string[]; readonly takesNext: boolean };

function longWord(word: string, facts: Interpreter): Reading {
  const [name = word] = word.split("=", 1);
  const lower = facts.code_long.some((long) => !long.startsWith("--")) ? name.toLowerCase() : name;
  return { names: [lower], takesNext: !word.includes("=") && facts.value_long.includes(lower) };
}

// `-Ic` is two options, `-Wc` is one with the value `c`.
function shortWord(word: string, facts: Interpreter): Reading {
  const names: string[] = [];
  const letters = [...word.slice(1)];
  for (const [index, letter] of letters.entries()) {
    names.push(letter);
    // A shell takes its text from the next word, so that more letters may follow; elsewhere they are the code.
    if (facts.code_short.includes(letter) && facts.kind !== "shell") return { names, takesNext: false };
    if (facts.value_short.includes(letter)) return { names, takesNext: index === letters.length - 1 };
  }
  return { names, takesNext: false };
}
