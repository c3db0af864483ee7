// printf's format with known values; null for what is not folded.

/** The text that printf prints; null for a directive that is not read or a result that is too long. */
export function formatText(format: string, values: readonly string[]): string | null {
  let used = 0;
  let result = "";
  // The format is used again while values are left.
  for (let round = 0; round === 0 || used < values.length; round += 1) {
    const before = used;
    const once = formatOnce(format, () => values[used++] ?? "");
    if (once === null || result.length + once.length > 256 * 1024 || round > 4096) return null;
    result += once;
    if (used === before) break;
  }
  return result;
}

function formatOnce(format: string, next: () => string): string | null {
  let result = "";
  for (let at = 0; at < format.length;) {
    const char = format[at] ?? "";
    if (char === "\\") {
      const escape = readEscape(format, at + 1);
      result += escape.text;
      at = escape.end;
    } else if (char !== "%") {
      result += char;
      at += 1;
    } else {
      const directive = /^%(%|[-+ #0]*\d*(?:\.\d+)?[sdibxoucq])/.exec(format.slice(at, at + 32));
      if (directive === null) return null;
      result += directive[1] === "%" ? "%" : applied(directive[1] ?? "s", next());
      at += directive[0].length;
    }
  }
  return result;
}

function applied(directive: string, value: string): string {
  const kind = directive.at(-1);
  if (kind === "b") return formatOnce(value.replaceAll("%", "%%"), () => "") ?? value;
  if (kind === "c") return value.slice(0, 1);
  if (kind === "x" || kind === "o")
    return Number.isInteger(Number(value)) ? Number(value).toString(kind === "x" ? 16 : 8) : value;
  const limit = /\.(\d+)/.exec(directive)?.[1];
  return limit === undefined || kind !== "s" ? value : value.slice(0, Number(limit));
}

const plain: Readonly<Record<string, string>> = {
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
  "'": "'",
  '"': '"',
  "?": "?",
};

function readEscape(text: string, at: number): { readonly text: string; readonly end: number } {
  const rest = text.slice(at, at + 10);
  const numeric = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|0?([0-7]{1,3}))/.exec(rest);
  if (numeric !== null) {
    const [whole, hex, short, long, octal] = numeric;
    const code = hex ?? short ?? long;
    const point = code === undefined ? Number.parseInt(octal ?? "0", 8) & 255 : Number.parseInt(code, 16);
    return { text: point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point), end: at + whole.length };
  }
  const char = rest[0];
  if (char === undefined) return { text: "\\", end: at };
  return { text: plain[char] ?? `\\${char}`, end: at + 1 };
}
