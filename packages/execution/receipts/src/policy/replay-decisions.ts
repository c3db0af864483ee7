// Asking the published policy again: would it have decided what the receipts say? Source: spec/acta.md §7.10.

import type { JsonObject } from "@ces/kernel";
import { type Finding, type Outcome, outcomeOf } from "../verify/cause.ts";

/** The policy as a port: what it decides now about the action behind a payload, or why that cannot be told (its arguments are digests). */
export type PolicyReplay = (
  payload: JsonObject,
  index: number,
) =>
  | { readonly kind: "decided"; readonly decision: string; readonly policy_id?: string }
  | { readonly kind: "unknown"; readonly text: string };

/** The answer about a series of decisions. */
export type ReplayReport = {
  readonly outcome: Outcome;
  readonly causes: readonly Finding[];
  readonly agreed: number;
  readonly disagreed: number;
  readonly unknown: number;
};

/** Replays the payloads that hold a decision; the others are passed over. A replay that throws is `unknown`. */
export function replayDecisions(payloads: readonly JsonObject[], replay: PolicyReplay): ReplayReport {
  const causes: Finding[] = [];
  let agreed = 0;
  payloads.forEach((payload, index) => {
    if (typeof payload["decision"] !== "string") return;
    const finding = replayOne(payload, index, replay);
    if (finding === undefined) agreed += 1;
    else causes.push(finding);
  });
  const disagreed = causes.filter(({ code }) => code === "decision_disagrees").length;
  return { outcome: outcomeOf(causes), causes, agreed, disagreed, unknown: causes.length - disagreed };
}

function replayOne(payload: JsonObject, index: number, replay: PolicyReplay): Finding | undefined {
  const answer = attempt(payload, index, replay);
  const path = "/payload/decision";
  if (answer.kind === "unknown") return { code: "decision_not_replayable", path, text: answer.text, index };
  if (answer.decision !== payload["decision"])
    return { code: "decision_disagrees", path, text: `the policy decides \`${answer.decision}\``, index };
  if (answer.policy_id !== undefined && answer.policy_id !== payload["policy_id"])
    return {
      code: "decision_disagrees",
      path: "/payload/policy_id",
      text: "another rule of the policy decides",
      index,
    };
  return undefined;
}

function attempt(payload: JsonObject, index: number, replay: PolicyReplay): ReturnType<PolicyReplay> {
  try {
    return replay(payload, index);
  } catch (error) {
    return { kind: "unknown", text: `the policy failed: ${error instanceof Error ? error.message : "unknown"}` };
  }
}
