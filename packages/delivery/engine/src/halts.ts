// Halts as every process sees them: read from the store each time, never cached.
import { haltFor, haltsInForce } from "@ces/emergency";
import type { Store } from "@ces/ports";
import { type ActivityClass, Halt, HaltRelease } from "@ces/records";

/** The halt that stops an activity right now, if any. */
export function haltInForce(store: Store, activity: ActivityClass): Halt | undefined {
  return haltFor(activity, activeHalts(store));
}

/** All halts that nobody released. */
export function activeHalts(store: Store): readonly Halt[] {
  const halts = store.records("halt").map((row) => Halt.parse(row.body));
  const releases = store.records("halt_release").map((row) => HaltRelease.parse(row.body));
  return haltsInForce(halts, releases);
}
