// Drives one delivery: takes the oldest journalled effect, performs its hop, and goes on until the delivery is done,
// blocked or waits for a person. A driver that was killed is continued by the next one from the same journal.
import { CesError } from "@ces/kernel";
import type { DeliverySnapshot, Effect, Reason } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { haltInForce } from "./halts.ts";
import { accountForDead } from "./receipts/account-for-dead.ts";
import { type HopEnd, type HopName, hops, isHopName } from "./thread.ts";

/** Why driving stopped. */
export type DriveEnd =
  | { readonly kind: "finished"; readonly snapshot: DeliverySnapshot }
  | {
      readonly kind: "waiting";
      readonly snapshot: DeliverySnapshot;
      readonly blockers: readonly Reason[];
      readonly needs: "approval" | "answer" | "remedy";
    }
  | { readonly kind: "halted"; readonly snapshot: DeliverySnapshot; readonly blockers: readonly Reason[] }
  | { readonly kind: "interrupted"; readonly snapshot: DeliverySnapshot };

/** Performs journalled effects; stops before any hop in `stop_before` (the expert commands take one hop at a time). */
export async function drive(
  ctx: EngineContext,
  delivery_id: string,
  stop_before: ReadonlySet<HopName> = new Set(),
): Promise<DriveEnd> {
  accountForDead(ctx, mustExist(ctx, delivery_id));
  for (;;) {
    const snapshot = mustExist(ctx, delivery_id);
    const effect = ctx.store.pendingEffects(delivery_id)[0];
    if (effect === undefined) return { kind: "finished", snapshot };
    if (!isHopName(effect.name))
      throw new CesError("EFFECT_UNKNOWN", `this version of CES does not know the step \`${effect.name}\``, {
        remedy: "ces doctor",
      });
    if (stop_before.has(effect.name)) return { kind: "finished", snapshot };
    if (ctx.signal.aborted) return { kind: "interrupted", snapshot };
    const halt = haltInForce(ctx.store, effect.name === "merge" ? "merges" : "task_issuance");
    if (halt !== undefined)
      return { kind: "halted", snapshot, blockers: [{ code: "HALTED", text: `halted: ${halt.reason}` }] };
    const end = await perform(ctx, snapshot, effect, effect.name);
    if (end.kind !== "moved") return settle(ctx, delivery_id, end);
  }
}

async function perform(ctx: EngineContext, snapshot: DeliverySnapshot, effect: Effect, name: HopName): Promise<HopEnd> {
  return hops[name](ctx, snapshot, effect);
}

function settle(ctx: EngineContext, delivery_id: string, end: Exclude<HopEnd, { kind: "moved" }>): DriveEnd {
  const snapshot = mustExist(ctx, delivery_id);
  switch (end.kind) {
    case "waiting":
      return { kind: "waiting", snapshot, blockers: end.blockers, needs: end.needs };
    case "halted":
      return { kind: "halted", snapshot, blockers: end.blockers };
    case "interrupted":
      return { kind: "interrupted", snapshot };
    default:
      return end satisfies never;
  }
}

function mustExist(ctx: EngineContext, delivery_id: string): DeliverySnapshot {
  const snapshot = ctx.store.snapshot(delivery_id);
  if (snapshot === undefined) throw new Error(`no snapshot of ${delivery_id}`);
  return snapshot;
}
