// What a dead driver may have left: boxes that still live, and folders. Processes are found by their recorded handles, and by
// the notes of boxes that were never recorded; all are ended and removed before anybody drives on (S18, S33).
import { dirname, join } from "node:path";
import type { Store } from "@ces/ports";
import { RunStarted } from "@ces/records";
import { isAlive, killRecordedBox, sweepBox } from "@ces/sandbox";
import { removeTree } from "@ces/workspace";
import { forgetBox, notedBoxes, notedDeliveries } from "./box/box-notes.ts";
import type { Places } from "./context.ts";
import { worktreeOf } from "./worktree-of.ts";

/** What recovery works on. */
export interface Leftovers {
  readonly store: Store;
  readonly places: Pick<Places, "state_dir" | "boxes_dir">;
}

/** Kills every recorded box of a delivery (all deliveries: null) that still lives; returns how many there were. Never kills a re-used pid. */
export async function stopRecordedBoxes(store: Store, delivery_id: string | null): Promise<number> {
  const rows = delivery_id === null ? store.records("run_started") : store.records("run_started", { delivery_id });
  const alive = rows.map((row) => RunStarted.parse(row.body)).filter(({ handle }) => isAlive(handle));
  await Promise.all(alive.map(({ handle, box_dir }) => killRecordedBox(handle, box_dir)));
  return alive.length;
}

/**
 * Ends and removes whatever a dead driver of this delivery left; returns how many boxes still lived. Only with the delivery's
 * driver lock in hand. What stays is the worktree that a journalled freeze will read.
 */
export async function recoverDelivery({ store, places }: Leftovers, delivery_id: string): Promise<number> {
  let stopped = await stopRecordedBoxes(store, delivery_id);
  const wanted = wantedFolders(store, delivery_id);
  for (const run_id of notedBoxes(places, delivery_id)) {
    const root = join(places.boxes_dir, run_id);
    if ((await sweepBox(root)) > 0) stopped += 1;
    if (wanted.has(root)) continue;
    await removeTree(root);
    forgetBox(places, { delivery_id, run_id });
  }
  return stopped;
}

/** The same for every other delivery that nobody drives. `hold` gives what lets it go, or undefined when somebody drives it. */
export async function recoverOthers(
  left: Leftovers,
  delivery_id: string,
  hold: (other: string) => (() => void) | undefined,
): Promise<void> {
  for (const other of notedDeliveries(left.places).filter((noted) => noted !== delivery_id)) {
    const letGo = hold(other);
    if (letGo === undefined) continue;
    try {
      await recoverDelivery(left, other);
    } finally {
      letGo();
    }
  }
}

function wantedFolders(store: Store, delivery_id: string): ReadonlySet<string> {
  const freezes = store.pendingEffects(delivery_id).filter(({ name }) => name === "freeze");
  return new Set(freezes.map((effect) => dirname(worktreeOf(effect))));
}
