// The delivery machine (spec/ces §2.1, DESIGN §3). It is only ever used purely: a snapshot and an event in,
// the next snapshot and the effects to journal out. Nothing here runs, waits or remembers.
import type { Actor, DeliverySnapshot } from "@ces/records";
import { setup } from "xstate";

/** What the machine needs to know besides where it stands. */
export interface MachineContext {
  readonly retry_count: number;
  readonly max_retries: number;
}

/** Everything that can happen to a delivery. */
export const events = [
  "seal_contract",
  "start",
  "resume",
  "submit_for_verification",
  "verification_passed",
  "verification_failed",
  "open_brief",
  "open_triage",
  "open_decision",
  "approve",
  "base_moved",
  "merge",
  "deploy",
  "reject",
  "fail",
  "retry",
  "cancel",
] as const;
export type DeliveryEvent = (typeof events)[number];

export interface MachineEvent {
  readonly type: DeliveryEvent;
  readonly actor: Actor;
}

// Who may do what (DESIGN §2): an agent can never approve, merge, deploy or release; only a person rejects or cancels.
const isPerson = ({ event }: { readonly event: MachineEvent }) => event.actor.kind === "human";
const isControlPlane = ({ event }: { readonly event: MachineEvent }) => event.actor.kind === "control_plane";
const isNotAgent = ({ event }: { readonly event: MachineEvent }) => event.actor.kind !== "agent";
// Whoever may spend the budget may spend what is left of it: trying again decides nothing.
const mayRetry = ({ context }: { readonly context: MachineContext }) => context.retry_count < context.max_retries;

const effect = (name: string) => ({ type: "effect" as const, params: { name } });

const recheck = { base_moved: { target: "#delivery.verifying", guard: "isControlPlane" } } as const;
const rejectable = { reject: { target: "#delivery.rejected", guard: "isPerson" } } as const;

/** The machine. State values equal the wire values of `WorkflowState`. */
export const deliveryMachine = setup({
  types: { context: {} as MachineContext, events: {} as MachineEvent, input: {} as MachineContext },
  guards: { isPerson, isControlPlane, isNotAgent, mayRetry },
  actions: { effect: (_args, _params: { readonly name: string }) => {} },
}).createMachine({
  id: "delivery",
  context: ({ input }) => input,
  initial: "drafting",
  states: {
    drafting: {
      on: {
        seal_contract: { target: "queued", guard: "isControlPlane" },
        cancel: { target: "cancelled", guard: "isPerson" },
      },
    },
    queued: {
      on: {
        start: { target: "in_flight", guard: "isControlPlane", actions: effect("run_agent") },
        cancel: { target: "cancelled", guard: "isPerson" },
      },
    },
    in_flight: {
      on: {
        resume: { target: "in_flight", reenter: true, guard: "isControlPlane", actions: effect("run_agent") },
        submit_for_verification: { target: "verifying", guard: "isControlPlane" },
        fail: { target: "failed", guard: "isControlPlane" },
        cancel: { target: "cancelled", guard: "isPerson" },
      },
    },
    verifying: {
      entry: effect("run_checks"),
      on: {
        verification_passed: { target: "under_review", guard: "isControlPlane" },
        verification_failed: { target: "failed", guard: "isControlPlane" },
      },
    },
    under_review: {
      initial: "pending_review",
      entry: effect("run_reviews"),
      on: { ...rejectable, ...recheck },
      states: {
        pending_review: { on: { open_brief: { target: "challenger_brief", guard: "isControlPlane" } } },
        challenger_brief: { on: { open_triage: { target: "triage", guard: "isControlPlane" } } },
        triage: { on: { open_decision: { target: "decision", guard: "isControlPlane", actions: effect("decide") } } },
        decision: { on: { approve: { target: "#delivery.approved", guard: "isNotAgent" } } },
      },
    },
    approved: {
      entry: effect("merge"),
      on: { merge: { target: "merged", guard: "isControlPlane" }, ...rejectable, ...recheck },
    },
    merged: {
      entry: effect("update_checkout"),
      on: { deploy: { target: "deployed", guard: "isPerson" } },
    },
    deployed: { type: "final" },
    rejected: { on: { retry: { target: "in_flight", guard: "mayRetry", actions: effect("run_agent") } } },
    failed: { on: { retry: { target: "in_flight", guard: "mayRetry", actions: effect("run_agent") } } },
    cancelled: { type: "final" },
  },
});

/** The machine's state value for a stored snapshot. */
export function stateValue(snapshot: Pick<DeliverySnapshot, "state" | "review_state">) {
  return snapshot.state === "under_review"
    ? { under_review: snapshot.review_state ?? "pending_review" }
    : snapshot.state;
}
