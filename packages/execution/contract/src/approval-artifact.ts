// A person's yes to one contract. The published artifact is bare text; ours is signed and bound. Source: spec/csc.md §1.5, F-05, F-06.

import type { SignatureBlock } from "./signature-block.ts";

/** `single_execution`: consumed once, durably. `time_window`: good until it expires. */
export type ApprovalScope = "single_execution" | "time_window";

/** How the person was asked. */
export type ApprovalMethod = "manual" | "cli" | "api" | "ticket";

/** An approval that passed the door. Members from `policy_sha256` on are ours; without a signature it satisfies nothing under a policy with approvers. */
export type ApprovalArtifact = {
  readonly approval_version: "csc.approval.v0.1";
  /** The replay key. */
  readonly approval_id: string;
  readonly contract_sha256: string;
  readonly approver: { readonly identity: string; readonly method: ApprovalMethod };
  readonly approved_at: string;
  readonly expires_at: string;
  readonly scope: ApprovalScope;
  readonly ticket_id?: string;
  readonly reason?: string;
  readonly policy_sha256?: string;
  readonly signature?: SignatureBlock;
};
