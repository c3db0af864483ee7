// Reading the options of an interpreter the way it reads them itself: short ones may stand together, the last may carry its value, and all
// of it ends at the first operand.

import type { Argv } from "../command-contract.ts";
import type { Interpreter } from "./interpreters.ts";

/** One option: `c`, or a long one with its dashes. `word` is where it stands in the argv; `value` what it was given, if it takes any. */
export type OptionWord = { readonly name: string; readonly word: number; readonly value?: string };

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
    const found = isLong(word, facts) ? longWord(argv, at, facts) : shortWord(argv, at, facts);
    options.push(...found);
    // Code ends the options: what follows are its arguments.
    if (found.some(({ name }) => isCode(name, facts))) return { options, operand: argv.length };
    at += 1 + found.filter(({ next }) => next).length;
    if (found.some(({ name }) => name.length === 1 && facts.last_short.includes(name))) break;
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

/** `next`: the value is the next word. */
type Found = OptionWord & { readonly next: boolean };

function longWord(argv: Argv, word: number, facts: Interpreter): readonly Found[] {
  const text = argv[word] ?? "";
  const [name = text] = text.split("=", 1);
  const lower = facts.code_long.some((long) => !long.startsWith("--")) ? name.toLowerCase() : name;
  if (text.includes("=")) return [{ name: lower, word, value: text.slice(name.length + 1), next: false }];
  const next = facts.value_long.includes(lower);
  return [{ name: lower, word, ...(next || isCode(lower, facts) ? valueAt(argv, word + 1) : {}), next }];
}

// `-Ic` is two options, `-Wc` is one with the value `c`.
function shortWord(argv: Argv, word: number, facts: Interpreter): readonly Found[] {
  const found: Found[] = [];
  const letters = [...(argv[word] ?? "").slice(1)];
  for (const [index, name] of letters.entries()) {
    // `perl -d:Trace`: what stands behind a colon is a value.
    if (name === ":") return found;
    const rest = letters.slice(index + 1).join("");
    const joined = rest === "" ? {} : { value: rest };
    // A shell takes its values from the next words, so that more letters may follow: `bash -oc posix CODE`.
    const taken = found.filter(({ next }) => next).length;
    const isValued = facts.value_short.includes(name) || facts.last_short.includes(name);
    if (facts.kind === "shell") {
      found.push({ name, word, ...(isValued ? valueAt(argv, word + 1 + taken) : {}), next: isValued });
    } else if (facts.code_short.includes(name)) {
      return [...found, { name, word, ...(rest === "" ? valueAt(argv, word + 1) : joined), next: false }];
    } else if (facts.joined_short.includes(name)) {
      return [...found, { name, word, ...joined, next: false }];
    } else if (isValued) {
      return [...found, { name, word, ...(rest === "" ? valueAt(argv, word + 1) : joined), next: rest === "" }];
    } else found.push({ name, word, next: false });
  }
  return found;
}

function valueAt(argv: Argv, word: number): { readonly value?: string } {
  const value = argv[word];
  return value === undefined ? {} : { value };
}
