// One driver per delivery (S33): the lease is taken, and whatever a dead driver left is ended, before anything is done.
import { type Leftovers, recoverDelivery, recoverOthers } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { Lease } from "@ces/ports";
import type { CommandContext } from "../define-command.ts";
import type { Project } from "./open-project.ts";

const TRIES = 40;
/** Somebody who only clears up after a dead driver lets go within these tries. */
const BUSY_TRIES = 4;
const PAUSE_MS = 50;

/** The lease, with nothing of an earlier driver alive or on disk. Throws DELIVERY_BUSY (exit 3), naming who drives. */
export async function takeLease(ctx: CommandContext, project: Project, delivery_id: string): Promise<Lease> {
  const left: Leftovers = { store: project.store, places: project };
  let stopped = 0;
  for (let tries = 0; ; tries += 1) {
    const result = project.leases.acquire(delivery_id, `pid ${process.pid}`);
    if (result.kind === "held") {
      stopped += await recoverDelivery(left, delivery_id);
      await recoverOthers(left, delivery_id, (other) => project.leases.holdIdle(other));
      if (stopped > 0)
        ctx.report({
          kind: "note",
          level: "warning",
          text: `${stopped} boxes of an earlier driver were still alive and were ended`,
        });
      return result.lease;
    }
    if (result.kind === "busy" && tries >= BUSY_TRIES) throw drivenBy(delivery_id, result.holder);
    if (tries >= TRIES)
      throw new CesError("DELIVERY_BUSY", `a process of \`${delivery_id}\` is still alive`, { remedy: "ces status" });
    if (result.kind === "box_alive") stopped += await endBoxes(project, left, delivery_id);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** INVARIANT: with the driver's lock in hand, or a box that another `continue` has just started would be ended. */
async function endBoxes(project: Project, left: Leftovers, delivery_id: string): Promise<number> {
  const letGo = project.leases.holdIdle(delivery_id);
  if (letGo === undefined) return 0;
  try {
    return await recoverDelivery(left, delivery_id);
  } finally {
    letGo();
  }
}

function drivenBy(delivery_id: string, holder: { readonly pid: number; readonly since: string } | null): CesError {
  const who = holder === null ? "another process" : `process ${holder.pid} since ${holder.since}`;
  return new CesError("DELIVERY_BUSY", `\`${delivery_id}\` is driven by ${who}`, { remedy: "ces status" });
}
