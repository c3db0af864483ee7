// One pure step of a delivery: moved or refused, never half. XState itself answers a refused event with the
// unchanged snapshot; here a refusal is said as one, with a code.
import type { Actor, DeliverySnapshot } from "@ces/records";
import { ReviewSubState, WorkflowState } from "@ces/records";
import { transition } from "xstate";
import { type DeliveryEvent, deliveryMachine, stateValue } from "./machine.ts";

/** Where a delivery stands, as far as the machine is concerned. */
export type Standing = Pick<DeliverySnapshot, "state" | "review_state" | "attempt" | "retry_count" | "max_retries">;

export type Advance =
  | { readonly kind: "moved"; readonly next: Standing; readonly effects: readonly string[] }
  | {
      readonly kind: "refused";
      readonly code: "TRANSITION_REFUSED" | "TRANSITION_NOT_YOURS" | "RETRIES_SPENT";
      readonly text: string;
    };

/**
 * The next standing after `event` by `actor`, with the names of the effects to journal in the same commit.
 * `start`, `resume` and `retry` begin a new attempt; only `retry` counts against `max_retries` (spec/ces §2.1).
 */
export function advance(standing: Standing, event: DeliveryEvent, actor: Actor): Advance {
  const context = { retry_count: standing.retry_count, max_retries: standing.max_retries };
  const before = deliveryMachine.resolveState({ value: stateValue(standing), context });
  if (!before.can({ type: event, actor })) return refusal(standing, event, actor);
  const [after, actions] = transition(deliveryMachine, before, { type: event, actor });
  return { kind: "moved", next: standingAfter(standing, event, after.value), effects: effectNames(actions) };
}

function standingAfter(standing: Standing, event: DeliveryEvent, value: unknown): Standing {
  const [state, sub] = typeof value === "string" ? [value, null] : (Object.entries(value ?? {})[0] ?? ["", null]);
  const newAttempt = event === "start" || event === "resume" || event === "retry";
  return {
    ...standing,
    state: WorkflowState.parse(state),
    review_state: sub === null ? null : ReviewSubState.parse(sub),
    attempt: standing.attempt + (newAttempt ? 1 : 0),
    retry_count: standing.retry_count + (event === "retry" ? 1 : 0),
  };
}

function effectNames(actions: readonly { readonly type: string; readonly params?: unknown }[]): readonly string[] {
  return actions.flatMap(({ type, params }) => {
    const named = type === "effect" && typeof params === "object" && params !== null && "name" in params;
    return named && typeof params.name === "string" ? [params.name] : [];
  });
}

function refusal(standing: Standing, event: DeliveryEvent, actor: Actor): Advance {
  if (event === "retry" && standing.retry_count >= standing.max_retries && isRetryable(standing)) {
    return { kind: "refused", code: "RETRIES_SPENT", text: `all ${standing.max_retries} retries are used` };
  }
  const others = (["human", "control_plane", "agent"] as const).filter((kind) => kind !== actor.kind);
  const allowedToOthers = others.some((kind) => wouldMove(standing, event, { ...actor, kind }));
  return allowedToOthers
    ? { kind: "refused", code: "TRANSITION_NOT_YOURS", text: `an actor of kind \`${actor.kind}\` may not \`${event}\`` }
    : { kind: "refused", code: "TRANSITION_REFUSED", text: `\`${event}\` is not possible while \`${standing.state}\`` };
}

const isRetryable = (standing: Standing): boolean => standing.state === "failed" || standing.state === "rejected";

function wouldMove(standing: Standing, event: DeliveryEvent, actor: Actor): boolean {
  const context = { retry_count: standing.retry_count, max_retries: standing.max_retries };
  return deliveryMachine.resolveState({ value: stateValue(standing), context }).can({ type: event, actor });
}
