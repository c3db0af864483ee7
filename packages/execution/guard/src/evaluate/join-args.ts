// Words as one text.
import type { Arg } from "../arg.ts";
import type { Span } from "../effect.ts";

/** Several words as one text, with `between` (a space) between. */
export function joinArgs(all: readonly Arg[], at: Span | null = null, between = " "): Arg {
  return {
    text: all.map(({ text }) => text).join(between),
    taints: new Set(all.flatMap(({ taints }) => [...taints])),
    glob: all.some(({ glob }) => glob),
    splits: all.some(({ splits }) => splits),
    at,
    stream: all.find(({ stream }) => stream !== null)?.stream ?? null,
  };
}
