// Why an approval does not hold.

/** `mismatch`, `order`, `expired`, `datetime` and `used` are the reference's; the others close F-05 and F-06. */
export type ApprovalRefusal =
  | "datetime"
  | "mismatch"
  | "order"
  | "expired"
  | "future"
  | "used"
  | "policy_mismatch"
  | "unsigned"
  | "unknown_approver"
  | "self_approval"
  | "invalid_signature"
  | "signed_late";

/** One approval that holds with the key that signed it (none for an unauthenticated one), or why it does not. */
export type ApprovalVerdict =
  | { readonly kind: "holds"; readonly key: string | null }
  | { readonly kind: "refused"; readonly reason: ApprovalRefusal; readonly text: string };

/** A refusal. */
export function approvalRefused(reason: ApprovalRefusal, text: string): ApprovalVerdict {
  return { kind: "refused", reason, text };
}
