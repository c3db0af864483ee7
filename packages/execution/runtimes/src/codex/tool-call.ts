// codex's questions in CES's words. A file question carries no diff: it is joined by item id with the item it belongs to.
import type { Json } from "@ces/kernel";
import type { ToolCall } from "@ces/records";
import { inputHash } from "../input-hash.ts";
import type { CommandQuestion, FileChangeItem } from "./messages.schema.ts";
import { shellText } from "./shell-text.ts";

/** The call behind a command question. `agentId`: null for the run's own thread. */
export function commandCall(question: CommandQuestion, input: Json, agentId: string | null): ToolCall {
  const isCommand = question.kind === "command" && question.command !== null && question.command !== undefined;
  return {
    call_id: question.approvalId ?? question.itemId,
    kind: question.networkApprovalContext ? "net" : isCommand ? "command" : "other",
    tool: question.kind === "command" ? "exec_command" : question.kind,
    command: isCommand ? shellText(question.command ?? "") : null,
    paths: [],
    input_sha256: inputHash(input),
    agent_id: agentId,
  };
}

/** The call behind a file question: every path that is written, moved from or moved to. */
export function fileCall(item: FileChangeItem, input: Json, agentId: string | null): ToolCall {
  const paths = item.changes.flatMap(({ path, kind }) => [path, ...(kind.move_path ? [kind.move_path] : [])]);
  return {
    call_id: item.id,
    kind: "edit",
    tool: "apply_patch",
    command: null,
    paths: [...new Set(paths)],
    input_sha256: inputHash(input),
    agent_id: agentId,
  };
}
