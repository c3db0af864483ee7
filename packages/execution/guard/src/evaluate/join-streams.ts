// What several commands print, as one.
import { emptyStream, filesOfBoth, type Stream } from "../arg.ts";

/** Two streams one after the other. */
export function appendStream(a: Stream, b: Stream): Stream {
  if (a.text === "" || a.from === "none") return b;
  if (b.text === "" || b.from === "none") return a;
  return {
    text: a.text !== null && b.text !== null ? a.text + b.text : null,
    taints: new Set([...a.taints, ...b.taints]),
    files: filesOfBoth(a, b),
    from: "pipe",
  };
}

/** It may not be printed at all. */
export const perhaps = (printed: Stream): Stream => joinAlternatives(emptyStream, printed);

/** Either may be printed: the text is not known unless nothing is. */
export function joinAlternatives(a: Stream, b: Stream): Stream {
  if (a.text === "" && b.text === "") return a;
  return { text: null, taints: new Set([...a.taints, ...b.taints]), files: filesOfBoth(a, b), from: "pipe" };
}
