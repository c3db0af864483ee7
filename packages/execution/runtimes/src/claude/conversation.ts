// claude's stream-json dialect with the PreToolUse callback as the gate (spec/runtimes §3.6). Every line is attacker-controlled.
import type { Json } from "@ces/kernel";
import { openCallBook } from "../call-book.ts";
import type { AgentTask, Conversation, Step, ToolDecision } from "../runtime.ts";
import { claudeEnd } from "./end.ts";
import { ClaudeMessage, HookCallback, informational, type ClaudeResult } from "./messages.schema.ts";
import type { ClaudeTalk } from "./talk.ts";
import { claudeToolCall } from "./tool-call.ts";
import { readToolResults } from "./tool-results.ts";

/** A conversation for one task. */
export function converseWithClaude(task: AgentTask): Conversation {
  const talk: ClaudeTalk = {
    task,
    book: openCallBook(),
    openRequests: new Set(["init"]),
    model: "",
    lastResult: null,
    texts: [],
  };
  return {
    open: () => [initialize(task), userTurn(task.prompt)],
    read: (message) => readMessage(talk, message),
    answer: (key, decision) => {
      talk.book.answered(key, decision);
      return verdictLine(key, decision);
    },
    interrupt: () => {
      talk.openRequests.add("stop");
      return [line({ type: "control_request", request_id: "stop", request: { subtype: "interrupt" } })];
    },
    end: (stopped) => claudeEnd(talk, stopped),
  };
}

const line = (message: Json): string => JSON.stringify(message);

// The time-out is in seconds; a person may have to be asked, and no answer means not run. The system text goes in here:
// an argument is limited to 128 KiB and every process inside could read it.
function initialize({ system }: AgentTask): string {
  const hooks = { PreToolUse: [{ matcher: "*", hookCallbackIds: ["gate"], timeout: 86_400 }] };
  const text = system === "" ? {} : { appendSystemPrompt: system };
  return line({ type: "control_request", request_id: "init", request: { subtype: "initialize", hooks, ...text } });
}

const userTurn = (content: string): string =>
  line({ type: "user", message: { role: "user", content }, parent_tool_use_id: null, session_id: "" });

function verdictLine(key: string, decision: ToolDecision): string {
  const verdict =
    decision.kind === "allow"
      ? { permissionDecision: "allow", permissionDecisionReason: "allowed by the contract" }
      : { permissionDecision: "deny", permissionDecisionReason: decision.reason };
  const response = { hookSpecificOutput: { hookEventName: "PreToolUse", ...verdict } };
  return line({ type: "control_response", response: { subtype: "success", request_id: key, response } });
}

function readMessage(talk: ClaudeTalk, raw: Json): readonly Step[] {
  const type = typeof raw === "object" && raw !== null && "type" in raw ? raw["type"] : undefined;
  if (typeof type === "string" && informational.includes(type)) return [];
  const parsed = ClaudeMessage.safeParse(raw);
  if (!parsed.success) return [forged(`a message of kind ${JSON.stringify(type ?? null)} has no known form`)];
  const message = parsed.data;
  switch (message.type) {
    case "control_request":
      return readQuestion(talk, message.request_id, message.request);
    case "control_cancel_request":
      return talk.book.withdrawn(message.request_id) ? [{ kind: "withdraw", key: message.request_id }] : [];
    case "control_response":
      return readResponse(talk, message.response);
    case "assistant":
      return readSpeech(talk, message);
    case "user":
      return readToolResults(talk.book, message);
    case "system":
      return readSystem(talk, message);
    case "result":
      return readResult(talk, message);
    default:
      return message satisfies never;
  }
}

const forged = (text: string): Step => ({ kind: "fault", code: "STREAM_FORGED", text });

function readQuestion(talk: ClaudeTalk, key: string, request: { readonly subtype: string }): readonly Step[] {
  // Anything but the gate's question is not on offer: the answer is an error, which runs nothing.
  if (request.subtype !== "hook_callback")
    return [
      {
        kind: "send",
        line: line({
          type: "control_response",
          response: { subtype: "error", request_id: key, error: "not available" },
        }),
      },
    ];
  const parsed = HookCallback.safeParse(request);
  if (!parsed.success) return [forged("a gate question has no known form")];
  const question = parsed.data;
  if (question.input.tool_use_id !== question.tool_use_id) return [forged("a gate question names two calls")];
  if (question.input.session_id !== talk.task.session_id) return [forged("a gate question is of another session")];
  if (!talk.book.asked(key, question.tool_use_id)) return [forged(`call ${question.tool_use_id} was asked twice`)];
  if (isAnswerChannel(talk, question)) {
    talk.book.answered(key, { kind: "allow" });
    return [{ kind: "send", line: verdictLine(key, { kind: "allow" }) }];
  }
  return [{ kind: "ask", key, call: claudeToolCall(question) }];
}

// With `--json-schema` the final answer comes as a call of this tool: it is the answer, not an effect.
function isAnswerChannel(talk: ClaudeTalk, question: HookCallback): boolean {
  return (
    talk.task.json_schema !== null &&
    question.input.tool_name === "StructuredOutput" &&
    question.input.agent_id === undefined
  );
}

function readResponse(
  talk: ClaudeTalk,
  response: { readonly subtype: string; readonly request_id: string; readonly error?: string | undefined },
): readonly Step[] {
  if (!talk.openRequests.delete(response.request_id)) return [forged("an answer to a question that CES did not ask")];
  if (response.subtype === "success") return [];
  const text = `the client refused ${response.request_id}: ${response.error ?? "no reason"}`;
  // SECURITY: without the callback there is no gate.
  if (response.request_id === "init") return [{ kind: "fault", code: "GATE_BYPASSED", text }];
  return [{ kind: "report", event: { kind: "notice", level: "warning", text } }];
}

type Speech = Extract<ClaudeMessage, { type: "assistant" }>;

function readSpeech(talk: ClaudeTalk, { message, parent_tool_use_id: agent_id }: Speech): readonly Step[] {
  if (message.model !== undefined && message.model !== "<synthetic>") talk.model = message.model;
  const blocks = typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
  return blocks.flatMap((block): Step[] => {
    if (block.type !== "text" || !("text" in block)) return [];
    if (agent_id === null) talk.texts.push(block.text);
    return [{ kind: "report", event: { kind: "said", text: block.text, agent_id } }];
  });
}

type System = Extract<ClaudeMessage, { type: "system" }>;

function readSystem(talk: ClaudeTalk, message: System): readonly Step[] {
  switch (message.subtype) {
    case "init":
      return readInit(talk, message);
    case "api_retry":
      return [
        {
          kind: "report",
          event: { kind: "retry", attempt: message.attempt ?? 0, status: message.error_status ?? null },
        },
      ];
    case "permission_denied":
      return [
        {
          kind: "report",
          event: { kind: "notice", level: "info", text: `the client itself refused ${message.tool_name ?? "a call"}` },
        },
      ];
    default:
      return [];
  }
}

// SECURITY: the client says in which mode it runs; any other than the one asked for runs what was not allowed.
function readInit(talk: ClaudeTalk, message: System): readonly Step[] {
  if (message.session_id !== talk.task.session_id) return [forged("the client started another session")];
  if (message.permissionMode !== "dontAsk")
    return [
      {
        kind: "fault",
        code: "GATE_BYPASSED",
        text: `the client runs in mode ${JSON.stringify(message.permissionMode ?? null)}`,
      },
    ];
  talk.model ||= message.model ?? "";
  const event = {
    kind: "session",
    session_id: message.session_id,
    model: message.model ?? "",
    version: message.claude_code_version ?? "",
  } as const;
  return [{ kind: "report", event }];
}

function readResult(talk: ClaudeTalk, result: ClaudeResult): readonly Step[] {
  if (result.session_id !== talk.task.session_id) return [forged("a result of another session")];
  talk.lastResult = result;
  return [{ kind: "close" }];
}
