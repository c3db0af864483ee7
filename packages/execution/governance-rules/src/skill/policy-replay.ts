// Asking a policy again what it said: the skill's own judgement over what a receipt states, for whoever audits decisions. Where a receipt
// does not say enough, nothing is guessed. Source: spec/acta.md §7.10.

import type { JsonObject } from "@ces/kernel";
import type { PolicyReplay } from "@ces/receipts";
import type { CedarGate } from "../cedar/cedar-gate.ts";
import type { RequestContext } from "../decide/rule-book.ts";
import type { Policy } from "../load/load-policy.ts";
import { TOOL_FIELD } from "../rule/operand.ts";
import { judgeAction } from "./judge-action.ts";

/** What was asked, as far as it is known; `context` null when nobody showed it. */
export type AskedAgain =
  | { readonly kind: "known"; readonly action: string; readonly context: RequestContext | null }
  | { readonly kind: "unknown"; readonly why: string };

/** The policy that is asked. `threshold`: trust below which nothing is allowed without a person, 0–1. */
export type ReplayGround = { readonly policy: Policy; readonly cedar: CedarGate | null; readonly threshold?: number };

/** The replay of a policy; `asked` finds what a payload's action was. */
export function policyReplay(
  ground: ReplayGround,
  asked: (payload: JsonObject, index: number) => AskedAgain,
): PolicyReplay {
  return (payload, index) => {
    const other = otherPolicy(ground.policy, payload);
    if (other !== undefined) return unknown(other);
    const one = asked(payload, index);
    return one.kind === "unknown" ? unknown(one.why) : replayOne(ground, payload, one);
  };
}

function replayOne(
  { policy, cedar, threshold = 0.5 }: ReplayGround,
  payload: JsonObject,
  { action, context }: Extract<AskedAgain, { kind: "known" }>,
): ReturnType<PolicyReplay> {
  const agent = textOf(payload["agent_id"]) ?? "unknown";
  const known = { ...context, ...(agent === "unknown" ? {} : { agent_did: agent }) };
  const missing = unstated(policy, context === null ? known : null);
  if (missing !== undefined) return unknown(`the policy asks about \`${missing}\`, which the receipt does not say`);
  const trust = numberOf(payload["trust_score"]);
  if (trust === undefined) return unknown("the receipt does not say how far the agent was trusted");
  const { decision, policy_id, tool_name } = judgeAction(
    { policy, cedar, threshold },
    { action, context: known, agent, trust, ring: numberOf(payload["ring"]) ?? 0 },
  );
  // SECURITY: whoever shows the action could show another one, where no digest binds it.
  if (tool_name !== payload["tool_name"])
    return unknown("the action that was shown is of another tool than the receipt's");
  return { kind: "decided", decision: decision === "rate_limit" ? "deny" : decision, policy_id };
}

function otherPolicy({ digest, engine }: Policy, payload: JsonObject): string | undefined {
  if (payload["policy_digest"] !== digest) return "it was decided under another policy";
  return payload["policy_engine"] === engine ? undefined : "it was decided by another engine";
}

// A member of the context that a rule asks about and nobody showed. A member that is absent never matches, so this is not a detail.
function unstated({ book }: Policy, known: RequestContext | null): string | undefined {
  if (known === null) return undefined;
  const fields = book.rules.map(({ condition }) => condition.field);
  return fields.find(
    (field) =>
      field !== "action" && field !== "trust_score" && !field.startsWith(TOOL_FIELD) && !Object.hasOwn(known, field),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function unknown(text: string): ReturnType<PolicyReplay> {
  return { kind: "unknown", text };
}
