// The first commit of a delivery: it exists from here on, whatever happens next.
import { makeId } from "@ces/kernel";
import type { DeliverySnapshot, RuntimeName } from "@ces/records";
import type { BuildOptions } from "./build-options.schema.ts";
import type { EngineContext } from "./context.ts";
import { commitStep } from "./journal.ts";

/** A fresh delivery id; the lease is taken under it before anything is written. */
export const newDeliveryId = (ctx: Pick<EngineContext, "random">): string => makeId("D", ctx.random);

/** What a delivery starts with. */
export interface NewDelivery {
  readonly delivery_id: string;
  readonly options: BuildOptions;
  readonly runtime: RuntimeName;
  readonly max_retries: number;
}

/** Creates the delivery in `drafting` with its first effect journalled. */
export function createDelivery(
  ctx: EngineContext,
  { delivery_id, options, runtime, max_retries }: NewDelivery,
): DeliverySnapshot {
  const now = ctx.clock.now();
  const blank: DeliverySnapshot = {
    delivery_id,
    version: 0,
    request: options.request,
    state: "drafting",
    review_state: null,
    attempt: 0,
    retry_count: 0,
    max_retries,
    runtime,
    brief_id: null,
    manifest_id: null,
    manifest_hash: null,
    candidate_tree: null,
    evidence_id: null,
    approval_id: null,
    merged_commit: null,
    blockers: [],
    demo: ctx.demo,
    created_at: now,
    updated_at: now,
  };
  return commitStep(ctx, blank, { name: "delivery_created", next: [{ name: "collect_brief", input: options }] });
}
