// codex's app-server dialect: JSON-RPC lines, one thread, one turn per process (spec/runtimes §4.7). Every line is attacker-controlled.
import type { Json, JsonObject } from "@ces/kernel";
import { openCallBook } from "../call-book.ts";
import type { AgentTask, Conversation, Step } from "../runtime.ts";
import { codexEnd } from "./end.ts";
import { Envelope, ThreadStarted, TurnStarted } from "./messages.schema.ts";
import { readNote } from "./notes.ts";
import { readQuestion } from "./questions.ts";
import { forged, idOf, interruptLines, line, request, send, type CodexTalk } from "./talk.ts";

/** A conversation for one task. */
export function converseWithCodex(task: AgentTask): Conversation {
  const talk: CodexTalk = {
    task,
    book: openCallBook(),
    openRequests: new Map(),
    seenIds: new Set(),
    fileItems: new Map(),
    asked: new Map(),
    begun: new Set(),
    lastId: 0,
    threadId: "",
    turnId: "",
    stopAsked: false,
    story: { model: "", finalText: "", turn: null, refusal: null, budgetSpent: false },
  };
  return {
    open: () => [request(talk, "initialize", { clientInfo: { name: "ces", title: "CES", version: "0.1.0" } })],
    read: (message) => readMessage(talk, message),
    answer: (key, decision) => {
      talk.book.answered(key, decision);
      // "decline" goes on without it; there is no place for the reason in this protocol.
      return line({ id: idOf(key), result: { decision: decision.kind === "allow" ? "accept" : "decline" } });
    },
    interrupt: () => interruptLines(talk),
    end: (stopped) => codexEnd({ task, threadId: talk.threadId, ...talk.story }, stopped),
  };
}

function readMessage(talk: CodexTalk, raw: Json): readonly Step[] {
  const parsed = Envelope.safeParse(raw);
  if (!parsed.success) return [forged("a line is neither question, note nor answer")];
  const message = parsed.data;
  if (message.method === undefined)
    return readAnswer(talk, message.id, message.result ?? null, message.error?.message ?? null);
  const params = message.params ?? null;
  if (message.id === undefined) return readNote(talk, message.method, params);
  return readQuestion(talk, { id: message.id, method: message.method, params });
}

function readAnswer(talk: CodexTalk, id: string | number, result: Json, error: string | null): readonly Step[] {
  const method = typeof id === "number" ? talk.openRequests.get(id) : undefined;
  if (typeof id !== "number" || method === undefined) return [forged("an answer to a question that CES did not ask")];
  talk.openRequests.delete(id);
  if (error !== null) return refused(talk, method, error);
  switch (method) {
    case "initialize":
      return [send(line({ method: "initialized" })), send(request(talk, "thread/start", threadParams(talk.task)))];
    case "thread/start":
      return readThread(talk, result);
    case "turn/start":
      // The turn counts from its own note on: an interrupt that comes before it is lost.
      return TurnStarted.safeParse(result).success ? [] : [forged("the answer to turn/start has no known form")];
    case "turn/interrupt":
      return [];
    default:
      return method satisfies never;
  }
}

// An interrupt that comes too late is refused; anything else that is refused is the end.
function refused(talk: CodexTalk, method: string, error: string): readonly Step[] {
  if (method === "turn/interrupt") return [];
  talk.story.refusal = `the client refused ${method}: ${error}`;
  return [{ kind: "close" }];
}

function threadParams(task: AgentTask): JsonObject {
  return {
    // SECURITY: a person's gate (never the client's own reviewer), every command asked. The walls are the box's.
    ...{ approvalPolicy: "untrusted", approvalsReviewer: "user", sandbox: "danger-full-access", model: task.model },
    ...(task.system === "" ? {} : { developerInstructions: task.system }),
  };
}

function readThread(talk: CodexTalk, result: Json): readonly Step[] {
  const parsed = ThreadStarted.safeParse(result);
  if (!parsed.success) return [forged("the answer to thread/start has no known form")];
  const { thread, model, approvalPolicy, approvalsReviewer, instructionSources } = parsed.data;
  // SECURITY: the client says under which policy it runs; any other than the one asked for runs what was not allowed.
  if (approvalPolicy !== "untrusted" || approvalsReviewer !== "user")
    return [
      {
        kind: "fault",
        code: "GATE_BYPASSED",
        text: `the client runs with approval policy ${JSON.stringify(approvalPolicy ?? null)}`,
      },
    ];
  if (instructionSources && instructionSources.length > 0)
    return [
      {
        kind: "fault",
        code: "GATE_BYPASSED",
        text: `the client took instructions from ${instructionSources.join(", ")}`,
      },
    ];
  talk.threadId = thread.id;
  talk.story.model = model;
  const event = { kind: "session", session_id: thread.id, model, version: thread.cliVersion ?? "" } as const;
  const next: Step = talk.stopAsked ? { kind: "close" } : send(request(talk, "turn/start", turnParams(talk)));
  return [{ kind: "report", event }, next];
}

function turnParams(talk: CodexTalk): JsonObject {
  const input = [{ type: "text", text: talk.task.prompt }];
  const schema = talk.task.json_schema;
  return { threadId: talk.threadId, input, ...(schema === null ? {} : { outputSchema: schema }) };
}
