// File names are bytes, but node hands words over as text: where that lost something, the kernel's own copy of the command line
// and the bytes of standard input have it.
import { readFileSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { bytesAsText, byteText, type ByteText } from "@ces/trash";
import { readStdin } from "../read-stdin.ts";

/** The last words of this process's command line, as bytes. Throws CesError TRASH_WORDS when they cannot be told apart. */
export function rawWords(words: readonly string[]): readonly ByteText[] {
  if (!words.some((word) => word.includes("\uFFFD"))) return words.map(byteText);
  const raw = splitAtNul(readFileSync("/proc/self/cmdline")).slice(-words.length);
  if (raw.length === words.length && raw.every((bytes, index) => bytes.toString("utf8") === words[index]))
    return raw.map(bytesAsText);
  throw new CesError("TRASH_WORDS", "a name that is not UTF-8 did not arrive whole", {
    remedy: "give the names on standard input: `--from0`",
  });
}

/** The paths of standard input, each ended by a NUL. */
export function pathsFromStdin(): readonly ByteText[] {
  return splitAtNul(readStdin()).map(bytesAsText);
}

function splitAtNul(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) parts.push(bytes.subarray(start));
  return parts;
}
