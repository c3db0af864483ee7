// Finding something apart from everything else.
import type { Stream } from "../arg.ts";
import { type Collector, newCollector } from "./run.ts";
import type { Walker } from "./walker.ts";

/** Runs `act` and gives what it found, apart from everything else. */
export function collect(walk: Walker, act: () => Stream): { readonly found: Collector; readonly stdout: Stream } {
  const outer = walk.into;
  walk.into = newCollector();
  try {
    const stdout = act();
    return { found: walk.into, stdout };
  } finally {
    walk.into = outer;
  }
}
