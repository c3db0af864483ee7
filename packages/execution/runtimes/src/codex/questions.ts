// The client's questions. Two kinds are the gate; everything else is not on offer and is answered with an error, which runs nothing.
import type { Json } from "@ces/kernel";
import type { ToolCall } from "@ces/records";
import type { Step } from "../runtime.ts";
import { forged, keyOf, type CodexTalk } from "./talk.ts";
import { CommandQuestion, FileQuestion } from "./messages.schema.ts";
import { pathsOf } from "./items.ts";
import { commandCall, fileCall } from "./tool-call.ts";

interface Question {
  readonly id: string | number;
  readonly method: string;
  readonly params: Json;
}

/** Steps for one question. */
export function readQuestion(talk: CodexTalk, question: Question): readonly Step[] {
  const key = keyOf(question.id);
  if (talk.seenIds.has(key)) return [forged(`the client used question id ${key} twice`)];
  talk.seenIds.add(key);
  if (talk.story.turn) return [forged("the client asked after its turn had ended")];
  switch (question.method) {
    case "item/commandExecution/requestApproval":
      return askCommand(talk, key, question.params);
    case "item/fileChange/requestApproval":
      return askFile(talk, key, question.params);
    default:
      return [
        { kind: "send", line: JSON.stringify({ id: question.id, error: { code: -32601, message: "not available" } }) },
      ];
  }
}

function askCommand(talk: CodexTalk, key: string, params: Json): readonly Step[] {
  const parsed = CommandQuestion.safeParse(params);
  if (!parsed.success) return [forged("a command question has no known form")];
  const { itemId, command, kind, threadId } = parsed.data;
  if (kind === "command") talk.asked.set(itemId, command ?? "");
  return ask(talk, key, commandCall(parsed.data, params, agentOf(talk, threadId)));
}

function askFile(talk: CodexTalk, key: string, params: Json): readonly Step[] {
  const parsed = FileQuestion.safeParse(params);
  if (!parsed.success) return [forged("a file question has no known form")];
  const item = talk.fileItems.get(parsed.data.itemId);
  if (!item) return [forged("a file question names no announced change")];
  talk.asked.set(item.id, pathsOf(item));
  // `changes` carries the diff: it is what the hash must cover.
  const input = { item: item.id, changes: item.changes as unknown as Json }; // JSON already, by the strict reader.
  return ask(talk, key, fileCall(item, input, agentOf(talk, parsed.data.threadId)));
}

function ask(talk: CodexTalk, key: string, call: ToolCall): readonly Step[] {
  return talk.book.asked(key, call.call_id)
    ? [{ kind: "ask", key, call }]
    : [forged(`call ${call.call_id} was asked twice`)];
}

function agentOf(talk: CodexTalk, threadId: string): string | null {
  return threadId === talk.threadId ? null : threadId;
}
