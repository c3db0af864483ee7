// Replaying what was verified: which decisions the policy would give again, and which nobody can tell.
import { type AskedAgain, policyReplay } from "@ces/governance-rules";
import type { JsonObject } from "@ces/kernel";
import { type Finding, outcomeOf, replayDecisions } from "@ces/receipts";
import type { JudgedRequest } from "./judge-request.ts";
import { payloadOf, type ReceiptItem } from "./receipt-items.ts";
import type { ReplayPolicy } from "./replay-request.ts";

/** How one receipt stands. `passed_over`: it holds no decision of a policy. */
export type ReplayState = "agrees" | "disagrees" | "cannot_be_replayed" | "passed_over";

/** One receipt of the series. */
export type ReplayRow = {
  readonly index: number;
  readonly state: ReplayState;
  readonly decision: string | null;
  readonly tool: string | null;
  readonly policy_id: string | null;
  /** Why it does not agree. */
  readonly why: string | null;
};

/** The answer about a series. */
export type ReplayAnswer = {
  readonly outcome: JudgedRequest["outcome"];
  readonly causes: readonly Finding[];
  readonly rows: readonly ReplayRow[];
};

/** Replays the receipts that are authentic; what is not was never decided by anyone. */
export function replayReceipts(
  { items, judged }: { readonly items: readonly ReceiptItem[]; readonly judged: JudgedRequest },
  policy: ReplayPolicy,
  asked: (payload: JsonObject) => AskedAgain,
): ReplayAnswer {
  const payloads = items.map((item, index) =>
    judged.report.receipts[index]?.outcome === "valid" ? decisionOf(payloadOf(item)) : {},
  );
  const found = replayCauses(payloads, policy, asked);
  const causes = [...judged.causes, ...found];
  const rows = payloads.map((payload, index) => rowOf(payload, index, found));
  return { outcome: outcomeOf(causes), causes, rows };
}

function replayCauses(
  payloads: readonly JsonObject[],
  policy: ReplayPolicy,
  asked: (payload: JsonObject) => AskedAgain,
): readonly Finding[] {
  if (policy.kind === "refused")
    return policy.causes.map((one) => ({ ...one, path: `/policy${one.path}`, text: `the policy: ${one.text}` }));
  if (payloads.every((payload) => payload["decision"] === undefined)) return [NO_DECISION];
  return replayDecisions(payloads, policyReplay(policy, asked)).causes;
}

const NO_DECISION: Finding = {
  code: "decision_not_replayable",
  path: "",
  text: "there is no authentic decision that could be replayed",
};

// A change of policy is the operator's own decision: no policy made it.
function decisionOf(payload: JsonObject): JsonObject {
  const changes = payload["tool_name"] === "policy:reload" && payload["policy_id"] === "policy_change";
  return changes || typeof payload["decision"] !== "string" ? {} : payload;
}

function rowOf(payload: JsonObject, index: number, causes: readonly Finding[]): ReplayRow {
  const cause = causes.find((one) => one.index === index);
  const word = (name: string): string | null => {
    const value = payload[name];
    return typeof value === "string" ? value : null;
  };
  const isDecision = payload["decision"] !== undefined;
  const said = { decision: word("decision"), tool: word("tool_name"), policy_id: word("policy_id") };
  if (!isDecision) return { index, state: "passed_over", ...said, why: null };
  if (causes.some(({ path }) => path.startsWith("/policy/") || path === "/policy"))
    return { index, state: "cannot_be_replayed", ...said, why: "the policy cannot be asked" };
  if (cause === undefined) return { index, state: "agrees", ...said, why: null };
  const state = cause.code === "decision_disagrees" ? "disagrees" : "cannot_be_replayed";
  return { index, state, ...said, why: cause.text };
}
