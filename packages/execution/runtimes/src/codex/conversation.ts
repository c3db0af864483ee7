// codex's app-server dialect: JSON-RPC lines, one thread, one turn per process (spec/runtimes §4.7). Every line is attacker-controlled.
import type { Json, JsonObject } from "@ces/kernel";
import { openCallBook, type CallBook } from "../call-book.ts";
import type { AgentTask, Conversation, Step } from "../runtime.ts";
import { codexEnd, type CodexProgress } from "./end.ts";
import { Envelope, ThreadStarted, TurnStarted, type FileChangeItem } from "./messages.schema.ts";
import { readNote } from "./notes.ts";
import { readQuestion } from "./questions.ts";

/** What one conversation remembers. */
export interface CodexTalk {
  readonly task: AgentTask;
  readonly book: CallBook;
  /** Our requests that wait for their answer, by id. */
  readonly openRequests: Map<number, "initialize" | "thread/start" | "turn/start" | "turn/interrupt">;
  /** Ids of the client's questions, each used once. */
  readonly seenIds: Set<string>;
  readonly fileItems: Map<string, FileChangeItem>;
  /** Items whose work began and that were not completed yet. */
  readonly begun: Set<string>;
  lastId: number;
  threadId: string;
  turnId: string;
  stopAsked: boolean;
  readonly story: CodexProgress;
}

/** A conversation for one task. */
export function converseWithCodex(task: AgentTask): Conversation {
  const talk: CodexTalk = {
    task,
    book: openCallBook(),
    openRequests: new Map(),
    seenIds: new Set(),
    fileItems: new Map(),
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

const line = (message: Json): string => JSON.stringify(message);

/** A question's id as the key of the call book, and back: 1 and "1" are two ids. */
export const keyOf = (id: string | number): string => JSON.stringify(id);
const idOf = (key: string): string | number => JSON.parse(key) as string | number; // INVARIANT: keys come from keyOf.

/** The lines that stop the turn; none before it began (they are sent as soon as it does). */
export function interruptLines(talk: CodexTalk): readonly string[] {
  talk.stopAsked = true;
  if (talk.turnId === "" || talk.story.turn) return [];
  return [request(talk, "turn/interrupt", { threadId: talk.threadId, turnId: talk.turnId })];
}

function request(talk: CodexTalk, method: "initialize" | "thread/start" | "turn/start" | "turn/interrupt", params: JsonObject): string {
  talk.lastId += 1;
  const id = talk.lastId;
  talk.openRequests.set(id, method);
  return line({ id, method, params });
}

function readMessage(talk: CodexTalk, raw: Json): readonly Step[] {
  const parsed = Envelope.safeParse(raw);
  if (!parsed.success) return [forged("a line is neither question, note nor answer")];
  const message = parsed.data;
  if (message.method === undefined) return readAnswer(talk, message.id, message.result ?? null, message.error?.message ?? null);
  const params = message.params ?? null;
  if (message.id === undefined) return readNote(talk, message.method, params);
  return readQuestion(talk, { id: message.id, method: message.method, params });
}

/** A step that ends the run: the stream is not what the client would say. */
export const forged = (text: string): Step => ({ kind: "fault", code: "STREAM_FORGED", text });

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

const send = (text: string): Step => ({ kind: "send", line: text });

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
    return [{ kind: "fault", code: "GATE_BYPASSED", text: `the client runs with approval policy ${JSON.stringify(approvalPolicy ?? null)}` }];
  if (instructionSources && instructionSources.length > 0)
    return [{ kind: "fault", code: "GATE_BYPASSED", text: `the client took instructions from ${instructionSources.join(", ")}` }];
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

/** Notes the turn; a stop that was asked before is sent now. */
export function turnBegan(talk: CodexTalk, turnId: string): readonly Step[] {
  if (talk.turnId !== "" && talk.turnId !== turnId) return [forged("the client began a second turn")];
  const first = talk.turnId === "";
  talk.turnId = turnId;
  return first && talk.stopAsked ? interruptLines(talk).map(send) : [];
}
