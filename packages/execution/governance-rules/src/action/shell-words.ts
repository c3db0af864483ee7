// The words of a command line, as far as rules need them: for a rule that allows only where nothing can be hidden in it, for a rule
// that denies every command that can be found. What hides deeper is the command guard's business (@ces/guard).

import { charactersOf, type CodeSet } from "../pattern/code-set.ts";

/** Joins, substitutes, redirects, groups: with one of these a line is more than one plain command. */
export const SHELL_SPECIAL: CodeSet = charactersOf(";&|<>()$`\n\r");

/** These stand for other words than they show; a rule about words lets them in only where it names them. */
export const WORD_SPECIAL: CodeSet = charactersOf(";&|<>()$`\n\r*?[]{}~!\0");

const SPECIAL = /[;&|<>()$`\n\r]/;
const MOST_COMMANDS = 256;
const MOST_CARRIERS = 16;
const KEYWORDS: ReadonlySet<string> = new Set("! if then elif else while until do { time coproc".split(" "));
const CARRIERS: ReadonlySet<string> = new Set(
  [
    "sudo doas su env command builtin exec nohup nice ionice setsid stdbuf xargs timeout chroot watch busybox",
    "sh bash dash zsh ksh ash fish eval",
  ]
    .join(" ")
    .split(" "),
);

/** Index after the last special character; 0 when there is none. */
export function plainFrom(line: string): number {
  for (let index = line.length; index > 0; index -= 1) if (SPECIAL.test(line.charAt(index - 1))) return index;
  return 0;
}

/** The words of a line that holds no special character; null when a quote stays open or it ends with a backslash. */
export function plainWords(line: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (quote === "" && /[ \t]/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (char === "\\" && quote !== "'") {
      index += 1;
      if (index >= line.length) return null;
      word = (word ?? "") + line.charAt(index);
    } else word = (word ?? "") + char;
  }
  if (quote !== "") return null;
  return word === null ? words : [...words, word];
}

/** Words of each command in a line, with carriers such as `sudo` taken off and the program by its last name; null for too many. */
export function commandsIn(line: string): readonly (readonly string[])[] | null {
  const segments = line.split(/[;&|<>()$`\n\r]+/);
  if (segments.length > MOST_COMMANDS) return null;
  const found = segments.map((segment) => unwrap(looseWords(segment)));
  return found.includes(null) ? null : found.flatMap((commands) => commands ?? []);
}

// Quotes and backslashes only hide; they are taken out, so that `r\m` and `'rm'` are `rm`.
function looseWords(text: string): readonly string[] {
  return text
    .replaceAll(/['"\\]/g, "")
    .split(/[ \t]+/)
    .filter((word) => word !== "");
}

// A command and, for a carrier, the command it carries; a shell carries the text of its words. Null when it never ends.
function unwrap(words: readonly string[]): readonly (readonly string[])[] | null {
  const found: (readonly string[])[] = [];
  let rest = skipAssignments(words);
  for (let level = 0; rest.length > 0; level += 1) {
    if (level > MOST_CARRIERS) return null;
    const name = lastName(rest[0] ?? "");
    if (!KEYWORDS.has(name)) found.push([name, ...rest.slice(1)]);
    if (name !== rest[0]) found.push(rest);
    if (!KEYWORDS.has(name) && !CARRIERS.has(name)) break;
    rest = skipOptions(rest.slice(1));
  }
  return found;
}

function skipAssignments(words: readonly string[]): readonly string[] {
  return from(words, (word) => !/^\w+\+?=/.test(word));
}

// `timeout 5 rm`, `env -i A=1 rm`, `nice -n 10 rm`, `sh -c rm`.
function skipOptions(words: readonly string[]): readonly string[] {
  return from(words, (word) => !/^(?:-|\w+\+?=|\d+(?:\.\d+)?[smhd]?$)/.test(word));
}

function from(words: readonly string[], holds: (word: string) => boolean): readonly string[] {
  const first = words.findIndex(holds);
  return first < 0 ? [] : words.slice(first);
}

/** The last part of a path. */
export function lastName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}
