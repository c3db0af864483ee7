// JSON as bun and TypeScript write it, with comments and commas before a closing bracket, made plain JSON. One pass.

/** The same document without them; a comment becomes a blank. Strings stay as they are. */
export function plainJson(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const end = skipped(text, at);
    if (text[at] === '"') at = pastString(text, at);
    else if (end > at || (text[at] === "," && closes(text, at + 1))) {
      kept.push(text.slice(from, at), " ");
      from = Math.max(end, at + 1);
      at = from;
    } else at += 1;
  }
  kept.push(text.slice(from));
  return kept.join("");
}

function pastString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

// Past a comment that begins here, else here.
function skipped(text: string, at: number): number {
  if (text[at] !== "/") return at;
  const [close, length] = text[at + 1] === "/" ? ["\n", 0] : text[at + 1] === "*" ? ["*/", 2] : ["", 0];
  if (close === "") return at;
  const end = text.indexOf(close, at + 2);
  return end === -1 ? text.length : end + length;
}

// True when only blanks and comments stand before a closing bracket.
function closes(text: string, start: number): boolean {
  let at = start;
  for (;;) {
    while (/^\s$/.test(text[at] ?? "")) at += 1;
    const end = skipped(text, at);
    if (end === at) return text[at] === "}" || text[at] === "]";
    at = end;
  }
}
