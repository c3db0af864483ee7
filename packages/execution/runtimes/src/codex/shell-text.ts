// codex shows a command as the shell-quoted argument list of the shell it starts: `/bin/bash -c 'touch x'`.

/** The text given to the shell, or the whole display form when it is not exactly `<shell> -c <text>`. */
export function shellText(display: string): string {
  const words = splitWords(display);
  if (words?.length !== 3) return display;
  const [shell = "", flag = "", text = ""] = words;
  return /(^|\/)(ba|z|da)?sh$/.test(shell) && /^-l?c$/.test(flag) ? text : display;
}

// POSIX words without expansions; null when a quote stays open or the text would expand.
function splitWords(text: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"(?:[^"\\$`]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\$`])+)/y;
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) return text.slice(from).trim() === "" ? words : null;
    words.push(unquote(found[1] ?? ""));
  }
  return words;
}

function unquote(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, single?: string, double?: string, escaped?: string) => {
      if (single !== undefined) return single;
      if (double !== undefined)
        return double.replace(/\\([$`"\\\n])/g, (__, char: string) => (char === "\n" ? "" : char));
      return escaped ?? "";
    },
  );
}
