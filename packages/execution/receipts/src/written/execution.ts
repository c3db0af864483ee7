// The execution receipt: what became of an action, and inside which walls it really ran. Joined to its decision by hash, so that
// "allowed but never ran" and "ran without the sandbox" can be seen. Source: spec/acta.md §7.1, §7.7.

import type { GoverningTexts } from "./governing-texts.ts";
import type { ChainMembers, EngineMember } from "./receipt.ts";
import type { SandboxMembers } from "./sandbox-truth.ts";

/** The house's own namespace. */
export const EXECUTION_TYPE = "ces:execution";

/** Payload of an execution receipt; sandbox members say what was while it ran. */
export type ExecutionPayload = ChainMembers &
  SandboxMembers &
  GoverningTexts & {
    readonly type: typeof EXECUTION_TYPE;
    readonly tool_name: string;
    readonly agent_id: string;
    readonly observed_by: "client" | "driver" | "host";
    readonly result: "succeeded" | "failed" | "timed_out" | "not_started";
    /** The decision this answers; for a whole box, its last decision receipt. Absent when nothing was decided. */
    readonly decision_receipt_hash?: string;
    /** How many decision receipts the box had. */
    readonly decision_count?: number;
    readonly session_id?: string;
    readonly iteration_id?: string;
    readonly action_ref?: string;
    /** Absent when it never started or was ended by a signal. */
    readonly exit_code?: number;
    readonly signal?: string;
    /** Whole milliseconds. */
    readonly duration_ms: number;
    readonly stdout_digest?: string;
    readonly stderr_digest?: string;
    /** Both streams in the order they came, where they were kept as one. */
    readonly output_digest?: string;
    /** `sha256:` over the bytes of the receipt that another format has of the same execution. */
    readonly foreign_receipt_digest?: string;
    /** Salted; `sha256:` of the stored run record that says the same in full. */
    readonly run_digest?: string;
  };

/** An execution before the engine adds its members. */
export type ExecutionDraft = Omit<ExecutionPayload, EngineMember>;
