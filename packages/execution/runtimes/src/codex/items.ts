// Items against questions: the client announces each piece of its work as an item, asked or not (S04).
import type { Step } from "../runtime.ts";
import type { CodexTalk } from "./talk.ts";
import type { CommandItem, FileChangeItem, Item, PatchNote } from "./messages.schema.ts";

// Items that are words. INVARIANT: every other type is work, and work of a type that cannot be asked passes the gate by.
const words: readonly string[] = ["userMessage", "agentMessage", "reasoning", "plan", "contextCompaction"];

/** An item begins. */
export function itemBegan(talk: CodexTalk, item: Item): readonly Step[] {
  if (words.includes(item.type)) return [];
  if (!isWork(item)) return [bypassed(`item ${item.id} is a ${item.type}, which is never asked`)];
  talk.begun.add(item.id);
  if (item.type === "fileChange") talk.fileItems.set(item.id, item);
  return [];
}

/** An item ends. */
export function itemEnded(talk: CodexTalk, item: Item): readonly Step[] {
  if (item.type === "agentMessage" && "text" in item) return said(talk, item.text);
  if (words.includes(item.type)) return [];
  if (!isWork(item)) return [bypassed(`item ${item.id} is a ${item.type}, which is never asked`)];
  return workEnded(talk, item);
}

const bypassed = (text: string): Step => ({ kind: "fault", code: "GATE_BYPASSED", text });

function isWork(item: Item): item is CommandItem | FileChangeItem {
  return item.type === "commandExecution" || item.type === "fileChange";
}

function said(talk: CodexTalk, text: string): readonly Step[] {
  talk.story.finalText = text;
  return [{ kind: "report", event: { kind: "said", text, agent_id: null } }];
}

function workEnded(talk: CodexTalk, item: CommandItem | FileChangeItem): readonly Step[] {
  if (!talk.book.done(item.id)) return [{ kind: "fault", code: "STREAM_FORGED", text: `item ${item.id} ended twice` }];
  talk.begun.delete(item.id);
  const ran = item.status !== "declined";
  const state = talk.book.stateOf(item.id);
  if (ran && state !== "allowed")
    return [bypassed(`item ${item.id} ran and was ${state === null ? "never asked" : state}`)];
  const isCommand = item.type === "commandExecution";
  const did = isCommand ? item.command : pathsOf(item);
  if (ran && did !== talk.asked.get(item.id)) return [bypassed(`item ${item.id} did something else than was asked`)];
  const event = {
    kind: "done",
    call_id: item.id,
    ok: item.status === "completed",
    ran,
    exit_code: isCommand ? (item.exitCode ?? null) : null,
    output: isCommand ? (item.aggregatedOutput ?? "") : "",
  } as const;
  return [{ kind: "report", event }];
}

/** The paths of a change, as one text that is equal when they are. */
export function pathsOf(item: FileChangeItem): string {
  return JSON.stringify(item.changes.map(({ path, kind }) => [path, kind.move_path ?? null]).sort());
}

/** A change is announced anew while its patch is still being written. */
export function patchUpdated(talk: CodexTalk, { itemId, changes }: PatchNote): readonly Step[] {
  const item = talk.fileItems.get(itemId);
  if (item && talk.book.stateOf(itemId) === null) talk.fileItems.set(itemId, { ...item, changes });
  return [];
}
