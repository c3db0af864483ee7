// The words of a command line, as far as a rule that allows needs them: only where nothing can be hidden in it.

import { charactersOf, type CodeSet } from "../pattern/code-set.ts";

/** Joins, substitutes, redirects, groups: with one of these a line is more than one plain command. */
export const SHELL_SPECIAL: CodeSet = charactersOf(";&|<>()$`\n\r");

/** These stand for other words than they show; a rule about words lets them in only where it names them. */
export const WORD_SPECIAL: CodeSet = charactersOf(";&|<>()$`\n\r*?[]{}~!\0");

const SPECIAL = /[;&|<>()$`\n\r]/;

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

/** The last part of a path. */
export function lastName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}
