// Which lines a change added and removed, in linear time: a difference of bags, so a moved line is neither.
import { scannableText, type FileFacts } from "./change-facts.ts";

/** One line with its 1-based number in the file that holds it. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Lines that `after` holds more often than `before`. The whole file when it is new, none when it is deleted. */
export function addedLines(file: FileFacts): readonly Line[] {
  return surplus(linesOf(file.after), linesOf(file.before));
}

/** Lines that `before` holds more often than `after`. */
export function removedLines(file: FileFacts): readonly Line[] {
  return surplus(linesOf(file.before), linesOf(file.after));
}

const MAX_LINES = 500_000;

// SECURITY: a file of nothing but line ends costs a hundred bytes of memory for each of its own; past a bound the
// whole text counts as one line, so that it is still scanned and still judged.
function linesOf(bytes: Uint8Array | null): readonly string[] {
  if (bytes === null || bytes.length === 0) return [];
  const text = scannableText(bytes);
  if (hasMoreBytes(bytes, 0x0a, MAX_LINES) || hasMoreBytes(bytes, 0x0d, MAX_LINES)) return [text];
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  return lines[lines.length - 1] === "" ? lines.slice(0, -1) : lines;
}

function hasMoreBytes(bytes: Uint8Array, wanted: number, limit: number): boolean {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count += 1;
  return count > limit;
}

function surplus(lines: readonly string[], other: readonly string[]): readonly Line[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  const found: Line[] = [];
  lines.forEach((text, index) => {
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    else found.push({ number: index + 1, text });
  });
  return found;
}
