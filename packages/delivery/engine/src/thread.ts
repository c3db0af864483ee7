// The thread: every hop of a delivery by the name of the effect that asks for it, in the order they usually run.
import type { DeliverySnapshot, Effect, Reason } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { collectBrief } from "./hops/collect-brief.ts";
import { decide } from "./hops/decide.ts";
import { draftContract } from "./hops/draft-contract.ts";
import { freezeTree } from "./hops/freeze-tree.ts";
import { mergeTree } from "./hops/merge-tree.ts";
import { runAgent } from "./hops/run-agent.ts";
import { runChecks } from "./hops/run-checks.ts";
import { runReviews } from "./hops/run-reviews.ts";
import { sealPacket } from "./hops/seal-packet.ts";
import { startRun } from "./hops/start-run.ts";
import { triageDelivery } from "./hops/triage-delivery.ts";
import { updateCheckout } from "./hops/update-checkout.ts";

/** How a hop ended: it committed and moved on, or it left its effect pending and says why. */
export type HopEnd =
  | { readonly kind: "moved" }
  | { readonly kind: "waiting"; readonly blockers: readonly Reason[]; readonly needs: "approval" | "answer" | "remedy" }
  | { readonly kind: "halted"; readonly blockers: readonly Reason[] }
  | { readonly kind: "interrupted" };

export type Hop = (ctx: EngineContext, snapshot: DeliverySnapshot, effect: Effect) => Promise<HopEnd>;

export const hops = {
  collect_brief: collectBrief,
  draft_contract: draftContract,
  start_run: startRun,
  run_agent: runAgent,
  freeze: freezeTree,
  run_checks: runChecks,
  seal_evidence: sealPacket,
  run_reviews: runReviews,
  triage: triageDelivery,
  decide,
  merge: mergeTree,
  update_checkout: updateCheckout,
} as const satisfies Record<string, Hop>;

export type HopName = keyof typeof hops;

/** True for the name of a hop. */
export const isHopName = (name: string): name is HopName => Object.hasOwn(hops, name);
