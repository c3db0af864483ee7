// The five checks before a merge (spec/ces §5.5), with the gate that was truly supplied.
import type { GateType, Halt, MergeCheck, MergeDecision } from "@ces/records";
import type { ApprovalCheck } from "./approval.ts";
import { gateSatisfied, strictestGate } from "./gate.ts";

export interface MergeFacts {
  /** The halt that stops merges, if one is in force. */
  readonly halt: Halt | undefined;
  /** Evidence was found, its signature and hash verify, and it speaks of this manifest. */
  readonly evidence: { readonly verified: boolean; readonly detail: string };
  readonly manifest_expires_at: string;
  readonly now: string;
  readonly approval: ApprovalCheck;
  readonly gates_required: readonly GateType[];
  readonly review: { readonly complete: boolean; readonly detail: string };
}

/** The decision with all five checks, in order; every one is carried out even when an earlier one fails. */
export function mergeChecks(facts: MergeFacts): MergeDecision {
  const results = [
    killSwitchClear(facts),
    evidenceExists(facts),
    manifestFresh(facts),
    gateTypeMet(facts),
    reviewComplete(facts),
  ];
  const refused = results.filter(([check]) => !check.passed).map(([, code]) => code);
  return { allowed: refused.length === 0, checks: results.map(([check]) => check), refused };
}

type Result = readonly [MergeCheck, string];

const killSwitchClear = ({ halt }: MergeFacts): Result => [
  {
    name: "kill_switch_clear",
    passed: halt === undefined,
    detail: halt === undefined ? "merges are not halted" : `halted: ${halt.reason}`,
  },
  "HALTED",
];

const evidenceExists = ({ evidence }: MergeFacts): Result => [
  { name: "evidence_exists", passed: evidence.verified, detail: evidence.detail },
  "EVIDENCE_INVALID",
];

const manifestFresh = ({ now, manifest_expires_at }: MergeFacts): Result => [
  {
    name: "manifest_fresh",
    passed: now <= manifest_expires_at,
    detail: `the contract expires at ${manifest_expires_at}`,
  },
  "MANIFEST_EXPIRED",
];

function gateTypeMet({ approval, gates_required }: MergeFacts): Result {
  const required = strictestGate(gates_required);
  if (approval.kind === "refused")
    return [{ name: "gate_type_met", passed: false, detail: approval.text }, approval.code];
  const supplied = approval.approval.gate_supplied;
  return [
    {
      name: "gate_type_met",
      passed: gateSatisfied(required, supplied),
      detail: `${required} required, ${supplied} supplied`,
    },
    "GATE_NOT_MET",
  ];
}

const reviewComplete = ({ review }: MergeFacts): Result => [
  { name: "review_complete", passed: review.complete, detail: review.detail },
  "REVIEW_INCOMPLETE",
];
