// How a codex turn ended: `turn/completed` of the run's own thread decides (spec/runtimes §4.7, §7).
import { parseJson, type Json } from "@ces/kernel";
import type { RunOutcome } from "@ces/records";
import type { AgentEnd, AgentTask, EndReason } from "../runtime.ts";
import type { TurnDone, TurnError } from "./messages.schema.ts";

/** What the stream has told so far; the conversation writes it. */
export interface CodexProgress {
  model: string;
  finalText: string;
  turn: TurnDone["turn"] | null;
  /** The client could not even start its thread or turn. */
  refusal: string | null;
  budgetSpent: boolean;
}

/** What the end is judged by. */
export interface CodexStory extends Readonly<CodexProgress> {
  readonly task: AgentTask;
  readonly threadId: string;
}

/** The end as the stream told it. `stopped`: CES asked the client to stop. */
export function codexEnd(story: CodexStory, stopped: boolean): AgentEnd {
  const structured = story.turn?.status === "completed" ? structuredAnswer(story) : null;
  const [outcome, reason] = judge(story, stopped, structured);
  return {
    outcome,
    reason,
    final_text: story.finalText,
    structured,
    reported_model: story.model,
    session_id: story.threadId,
  };
}

/** True when the model's side said that no budget is left: HTTP 402 or the vendor's own limit. */
export function isBudgetError(error: TurnError): boolean {
  const info = error.codexErrorInfo ?? null;
  return info === "usageLimitExceeded" || info === "sessionBudgetExceeded" || statusOf(info) === 402;
}

/** HTTP status inside `codexErrorInfo`, or null. */
export function statusOf(info: Json): number | null {
  if (typeof info !== "object" || info === null || Array.isArray(info)) return null;
  for (const detail of Object.values(info)) {
    const status =
      typeof detail === "object" && detail !== null && "httpStatusCode" in detail ? detail["httpStatusCode"] : null;
    if (typeof status === "number") return status;
  }
  return null;
}

type Judged = readonly [RunOutcome, EndReason | null];

function judge(story: CodexStory, stopped: boolean, structured: Json | null): Judged {
  const { turn } = story;
  if (turn?.status === "completed") return answered(story, structured);
  if (story.budgetSpent)
    return ["budget_spent", { code: "MODEL_BUDGET_REFUSED", text: "the gateway refused a request: a budget is spent" }];
  if (stopped) return ["interrupted", { code: "AGENT_INTERRUPTED", text: "the run was asked to stop" }];
  if (turn?.status === "failed")
    return ["api_error", { code: "MODEL_API_ERROR", text: turn.error?.message ?? "the turn failed" }];
  return ["crashed", { code: "AGENT_CRASHED", text: story.refusal ?? "the client ended without completing its turn" }];
}

// The client does not check an answer against its schema: text that is no JSON is no answer.
function answered(story: CodexStory, structured: Json | null): Judged {
  if (story.task.json_schema === null || structured !== null) return ["completed", null];
  return ["completed", { code: "ANSWER_MISSING", text: "the agent ended without the answer that was asked for" }];
}

function structuredAnswer(story: CodexStory): Json | null {
  if (story.task.json_schema === null) return null;
  const read = parseJson(story.finalText);
  return read.kind === "parsed" ? read.value : null;
}
