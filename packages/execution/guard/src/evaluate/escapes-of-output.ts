// Backslashes in what `echo -e`, `printf` and its `%b` print. Shells differ in them: what is not the same in each is not read.

/** Who reads the backslashes; each has rules of its own for octal digits and quotes. */
export type EscapeDialect = "echo" | "format" | "%b";

const letters: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\u001b",
  E: "\u001b",
  "\\": "\\",
};

const octals: Readonly<Record<EscapeDialect, RegExp>> = {
  echo: /^0[0-7]{0,3}/,
  format: /^[0-7]{1,3}/,
  "%b": /^(?:0[0-7]{1,3}|[0-7]{1,3})/,
};

/**
 * The text with its escapes carried out; null where one ends the output or gives what is no ASCII.
 * SECURITY: hex escapes are bash's and zsh's alone. They are read as those read them, and only letters, digits, and marks
 * that hide nothing come of them: in dash the same text is longer by its own letters.
 */
export function withEscapes(text: string, dialect: EscapeDialect): string | null {
  let result = "";
  for (let at = 0; at < text.length;) {
    if (text[at] !== "\\") {
      result += text[at];
      at += 1;
      continue;
    }
    const read = readEscape(text.slice(at + 1, at + 11), dialect);
    if (read === null) return null;
    result += read.text;
    at += 1 + read.length;
  }
  return result;
}

function readEscape(rest: string, dialect: EscapeDialect): { readonly text: string; readonly length: number } | null {
  const octal = octals[dialect].exec(rest)?.[0];
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8) & 255;
    return code === 0 || code > 0x7e ? null : { text: String.fromCodePoint(code), length: octal.length };
  }
  const hex = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest);
  if (hex !== null) {
    const char = String.fromCodePoint(Math.min(Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "0", 16), 0xffff));
    return /^[\w /.:;&|$~*=,@%+-]$/.test(char) ? { text: char, length: hex[0].length } : null;
  }
  const char = rest[0] ?? "";
  if (char === "c" && dialect !== "format") return null;
  if (/['"?]/.test(char) && dialect === "format") return { text: char, length: 1 };
  return { text: letters[char] ?? `\\${char}`, length: char.length };
}
