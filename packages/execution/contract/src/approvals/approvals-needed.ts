// How many people must have said yes, and whether they did. Source: spec/csc.md §1.2 `approval_mode`, F-06.

import type { ApprovalArtifact } from "../approval-artifact.ts";
import type { ApprovalMode } from "../command-contract.ts";
import { verifyApproval, type ApprovalExpectation } from "./verify-approval.ts";

/** The approvals that are used, or one sentence for each that does not help and for what is missing. */
export type ApprovalsVerdict =
  | { readonly kind: "satisfied"; readonly used: readonly ApprovalArtifact[] }
  | { readonly kind: "missing"; readonly texts: readonly string[] };

/**
 * Takes the fewest approvals that satisfy the mode: one, or for dual control two with different ids, identities and keys. Under
 * `unauthenticated` dual control can never be satisfied, because nothing tells two people apart.
 */
export function verifyApprovals(
  approvals: readonly ApprovalArtifact[],
  mode: ApprovalMode,
  expected: ApprovalExpectation,
): ApprovalsVerdict {
  const needed = mode === "dual_control_required" ? 2 : 1;
  const texts: string[] = [];
  const used: { readonly approval: ApprovalArtifact; readonly key: string | null }[] = [];
  for (const approval of approvals) {
    const verdict = verifyApproval(approval, expected);
    if (verdict.kind === "refused") texts.push(`${verdict.text} (${verdict.reason})`);
    else if (used.some((one) => isSamePerson(one, { approval, key: verdict.key }))) texts.push(SAME);
    else used.push({ approval, key: verdict.key });
    if (used.length === needed) return { kind: "satisfied", used: used.map((one) => one.approval) };
  }
  const missing = needed - used.length;
  return { kind: "missing", texts: [...texts, `${missing} more approval${missing === 1 ? " is" : "s are"} needed`] };
}

const SAME = "two approvals by one person, key or id count once (same_approver)";

type Counted = { readonly approval: ApprovalArtifact; readonly key: string | null };

function isSamePerson(a: Counted, b: Counted): boolean {
  const sameKey = a.key === null || b.key === null || a.key === b.key;
  return (
    sameKey ||
    a.approval.approval_id === b.approval.approval_id ||
    a.approval.approver.identity === b.approval.approver.identity
  );
}
