// The disk as it will be when a client starts: what this very line writes before it counts, not what stands there now.
// SECURITY: §2.6 — `echo … > package.json && npm run x` runs the new file; a file that the line makes from elsewhere is not known.
import { isKnownStream, literal, type Stream, type Taint } from "../../arg.ts";
import type { FileFacts } from "../../file-facts.ts";
import type { Evaluation } from "../../profile.ts";

/** Look-ups that see the line's own writes. A file whose new content is not known is there and cannot be read. */
export function lineFacts(on: Evaluation): FileFacts {
  const made = (path: string): Stream | undefined => madeStream(on, path);
  return {
    lstat: (path) =>
      made(path) === undefined ? on.facts.lstat(path) : { kind: "file", dev: 0, ino: 0, size: 0, mode: 0o644 },
    list: (path, most) => on.facts.list(path, most),
    read: (path, most) => {
      const stream = made(path);
      if (stream === undefined) return exactly(on.facts, path, most);
      return isKnownStream(stream) && stream.text.length <= most ? stream.text : undefined;
    },
  };
}

// As much as stands there and no more: a reader need not make room for the most that could.
function exactly(facts: FileFacts, path: string, most: number): string | undefined {
  const fact = facts.lstat(path);
  return fact?.kind !== "file" || fact.size > most ? undefined : facts.read(path, fact.size);
}

/** Where a file that this line makes gets its content from; undefined for a file that it does not make. */
export function madeTaints(on: Evaluation, path: string): ReadonlySet<Taint> | undefined {
  const stream = madeStream(on, path);
  return stream === undefined || isKnownStream(stream) ? undefined : stream.taints;
}

function madeStream(on: Evaluation, path: string): Stream | undefined {
  const stream = on.contents([literal(path)]);
  // A file that the line leaves alone is named as its own content.
  return stream.files.length > 0 || stream.from === "none" ? undefined : stream;
}
