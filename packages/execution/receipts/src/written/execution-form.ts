// What an execution receipt may hold.

import { closed, code, digest, hex32, whole, word } from "../schema/form.ts";
import { EXECUTION_TYPE } from "./execution.ts";
import * as shared from "./member-forms.ts";

/** Closed form of `ExecutionPayload`. */
export const executionForm = closed(
  {
    type: word(EXECUTION_TYPE),
    ...shared.chainMembers,
    tool_name: shared.toolName,
    agent_id: shared.agentId,
    observed_by: word("client", "driver", "host"),
    result: word("succeeded", "failed", "timed_out", "not_started"),
    duration_ms: whole(0),
    ...shared.sandboxRequired,
  },
  {
    ...shared.linkMember,
    ...shared.sandboxOptional,
    ...shared.governing,
    decision_receipt_hash: digest,
    decision_count: whole(0),
    session_id: shared.sessionId,
    iteration_id: code,
    action_ref: hex32,
    exit_code: whole(0, 255),
    signal: code,
    stdout_digest: digest,
    stderr_digest: digest,
    output_digest: digest,
    run_digest: digest,
    foreign_receipt_digest: digest,
  },
);
