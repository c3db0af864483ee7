// printf's format with known values; null for what is not folded.
import { withEscapes } from "./escapes-of-output.ts";

/** The text that printf prints; null for a directive that is not read, a value that it would change, or a result that is too long. */
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

// Plain stretches and directives; a `%` after a backslash is a `%` still.
const parts = /%(?:%|([-+ #0]*\d*(?:\.\d+)?)([sdibxoucq]))|(?:[^%\\]|\\[^%])+|[\\%]/gs;

function formatOnce(format: string, next: () => string): string | null {
  let result = "";
  for (const [whole, flags, kind] of format.matchAll(parts)) {
    const part =
      whole === "%%" ? "%" : kind !== undefined ? applied(kind, flags ?? "", next()) : withEscapes(whole, "format");
    if (part === null || whole === "%") return null;
    result += part;
  }
  return result;
}

// SECURITY: widths put blanks where none stood, numbers are written anew, and a length counts bytes here and characters there.
function applied(kind: string, flags: string, value: string): string | null {
  const limit = /^\.(\d+)$/.exec(flags)?.[1];
  if (flags !== "" && (limit === undefined || kind !== "s")) return null;
  switch (kind) {
    case "s":
      if (limit === undefined) return value;
      return isAscii(value) ? value.slice(0, Number(limit)) : null;
    case "c":
      return value !== "" && isAscii(value) ? value.slice(0, 1) : null;
    case "b":
      return withEscapes(value, "%b");
    case "q":
      return /^[\w./:=@%+,-]+$/.test(value) ? value : null;
    default:
      return /^(?:0|[1-9]\d{0,14})$/.test(value) ? written(kind, Number(value)) : null;
  }
}

const written = (kind: string, value: number): string =>
  kind === "x" ? value.toString(16) : kind === "o" ? value.toString(8) : String(value);

// oxlint-disable-next-line no-control-regex -- all of ASCII
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
