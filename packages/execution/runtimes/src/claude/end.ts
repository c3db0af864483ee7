// How a claude run ended: the last `result` decides, never the exit status (spec/runtimes §7, "Rules for end").
import type { RunOutcome } from "@ces/records";
import type { AgentEnd, EndReason } from "../runtime.ts";
import type { ClaudeTalk } from "./talk.ts";
import type { ClaudeResult } from "./messages.schema.ts";

/** The end as the stream told it. `stopped`: CES asked the client to stop. */
export function claudeEnd(talk: ClaudeTalk, stopped: boolean): AgentEnd {
  const result = talk.lastResult;
  const [outcome, reason] = judge(talk, result, stopped);
  return {
    outcome,
    reason,
    final_text: finalText(talk, result),
    structured: outcome === "completed" ? (result?.structured_output ?? null) : null,
    reported_model: talk.model,
    session_id: talk.task.session_id,
  };
}

type Judged = readonly [RunOutcome, EndReason | null];

function judge(talk: ClaudeTalk, result: ClaudeResult | null, stopped: boolean): Judged {
  if (result && isSuccess(result)) return answered(talk, result);
  // The budget first: CES itself stops a client whose budget is spent.
  if (result?.api_error_status === 402 || result?.subtype === "error_max_budget_usd")
    return ["budget_spent", { code: "MODEL_BUDGET_REFUSED", text: "the gateway refused a request: a budget is spent" }];
  if (stopped) return ["interrupted", { code: "AGENT_INTERRUPTED", text: "the run was asked to stop" }];
  if (!result) return ["crashed", { code: "AGENT_CRASHED", text: "the client ended without a result" }];
  if (result.subtype === "error_max_turns")
    return ["max_turns", { code: "AGENT_MAX_TURNS", text: "the client reached its number of turns" }];
  if (result.terminal_reason === "api_error" || typeof result.api_error_status === "number")
    return [
      "api_error",
      { code: "MODEL_API_ERROR", text: result.result ?? `the model answered ${result.api_error_status ?? "nothing"}` },
    ];
  return [
    "crashed",
    { code: "AGENT_CRASHED", text: `the client ended as ${result.subtype} (${result.terminal_reason ?? "no reason"})` },
  ];
}

// An API failure is `subtype: success` with `is_error`; `hook_stopped` and `tool_deferred` are no errors and no ends.
function isSuccess(result: ClaudeResult): boolean {
  return result.subtype === "success" && !result.is_error && result.terminal_reason === "completed";
}

function answered(talk: ClaudeTalk, result: ClaudeResult): Judged {
  if (talk.task.json_schema === null || result.structured_output !== undefined) return ["completed", null];
  return ["completed", { code: "ANSWER_MISSING", text: "the agent ended without the answer that was asked for" }];
}

function finalText(talk: ClaudeTalk, result: ClaudeResult | null): string {
  return result?.result ?? talk.texts.at(-1) ?? "";
}
