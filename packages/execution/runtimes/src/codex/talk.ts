// What one conversation with codex remembers, and the few things that all its readers do.
import type { Json, JsonObject } from "@ces/kernel";
import type { CallBook } from "../call-book.ts";
import type { AgentTask, Step } from "../runtime.ts";
import type { CodexProgress } from "./end.ts";
import type { FileChangeItem } from "./messages.schema.ts";

/** What one conversation remembers. */
export interface CodexTalk {
  readonly task: AgentTask;
  readonly book: CallBook;
  /** Our requests that wait for their answer, by id. */
  readonly openRequests: Map<number, "initialize" | "thread/start" | "turn/start" | "turn/interrupt">;
  /** Ids of the client's questions, each used once. */
  readonly seenIds: Set<string>;
  /** Changes as they were announced last before they were asked. */
  readonly fileItems: Map<string, FileChangeItem>;
  /** What was asked for an item: its command, or its paths. What runs must be that. */
  readonly asked: Map<string, string>;
  /** Items whose work began and that were not completed yet. */
  readonly begun: Set<string>;
  lastId: number;
  threadId: string;
  turnId: string;
  stopAsked: boolean;
  readonly story: CodexProgress;
}

/** One line of ours. */
export const line = (message: Json): string => JSON.stringify(message);

/** A step that sends it. */
export const send = (text: string): Step => ({ kind: "send", line: text });

/** A question's id as the key of the call book, and back: 1 and "1" are two ids. */
export const keyOf = (id: string | number): string => JSON.stringify(id);
/** The id behind a key. */
export const idOf = (key: string): string | number => JSON.parse(key) as string | number; // INVARIANT: keys come from keyOf.

/** The lines that stop the turn; none before it began (they are sent as soon as it does). */
export function interruptLines(talk: CodexTalk): readonly string[] {
  talk.stopAsked = true;
  if (talk.turnId === "" || talk.story.turn) return [];
  return [request(talk, "turn/interrupt", { threadId: talk.threadId, turnId: talk.turnId })];
}

/** A request of ours, noted as open. */
export function request(
  talk: CodexTalk,
  method: "initialize" | "thread/start" | "turn/start" | "turn/interrupt",
  params: JsonObject,
): string {
  talk.lastId += 1;
  const id = talk.lastId;
  talk.openRequests.set(id, method);
  return line({ id, method, params });
}

/** A step that ends the run: the stream is not what the client would say. */
export const forged = (text: string): Step => ({ kind: "fault", code: "STREAM_FORGED", text });

/** Notes the turn; a stop that was asked before is sent now. */
export function turnBegan(talk: CodexTalk, turnId: string): readonly Step[] {
  if (talk.turnId !== "" && talk.turnId !== turnId) return [forged("the client began a second turn")];
  const first = talk.turnId === "";
  talk.turnId = turnId;
  return first && talk.stopAsked ? interruptLines(talk).map(send) : [];
}
