// Words as one text.
import type { Arg } from "../arg.ts";
import type { Span } from "../effect.ts";

/** Several words as one text, with spaces between. */
export function joinArgs(all: readonly Arg[], at: Span | null = null): Arg {
  return {
    text: all.map(({ text }) => text).join(" "),
    taints: new Set(all.flatMap(({ taints }) => [...taints])),
    glob: all.some(({ glob }) => glob),
    splits: all.some(({ splits }) => splits),
    at,
    stream: all.find(({ stream }) => stream !== null)?.stream ?? null,
  };
}
