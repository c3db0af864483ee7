// One line of a client as JSON. Strict, with one mercy: the clients are JavaScript and Rust programs that cut long
// texts, and a text cut inside a pair carries half of it.
import { parseJson, type JsonRead } from "@ces/kernel";

/** Reads one line. Escaped halves of surrogate pairs become U+FFFD, as they do when the client writes them to a process. */
export function readClientLine(line: string): JsonRead {
  const read = parseJson(line);
  if (read.kind === "parsed" || read.cause !== "invalid_unicode") return read;
  return parseJson(line.replace(ESCAPES, mend));
}

// In this order: a whole pair, a lone half, any other escape (so that `\\ud800` is not taken for one).
const ESCAPES = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\./g;

function mend(escape: string): string {
  return /^\\u[dD][89a-fA-F]..$/.test(escape) ? "\\ufffd" : escape;
}
