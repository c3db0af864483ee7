// claude's tools in CES's words.
import type { Json, JsonObject } from "@ces/kernel";
import type { ToolCall, ToolKind } from "@ces/records";
import { inputHash } from "../input-hash.ts";
import type { HookCallback } from "./messages.schema.ts";

/** The tools a run gets at all (`--tools`); what is not here does not exist for the client, in sub-agents neither. */
export const offeredTools = ["Bash", "Edit", "Glob", "Grep", "NotebookEdit", "Read", "Task", "Write"] as const;

const kinds: Readonly<Record<string, ToolKind>> = {
  Bash: "command",
  Monitor: "command",
  PowerShell: "command",
  Edit: "edit",
  MultiEdit: "edit",
  NotebookEdit: "edit",
  Write: "edit",
  Glob: "read",
  Grep: "read",
  LS: "read",
  Read: "read",
  WebFetch: "net",
  WebSearch: "net",
  Agent: "agent",
  Task: "agent",
};

const pathMembers = ["file_path", "notebook_path", "path"] as const;

/** The call behind a question. `command` is the whole text given to the shell. */
export function claudeToolCall(question: HookCallback): ToolCall {
  const { tool_name: tool, tool_input: input } = question.input;
  const kind = kindOf(tool);
  return {
    call_id: question.tool_use_id,
    kind,
    tool,
    command: kind === "command" ? textMember(input, "command") : null,
    paths: pathMembers.flatMap((name) => textMember(input, name) ?? []),
    input_sha256: inputHash(input),
    agent_id: question.input.agent_id ?? null,
  };
}

function kindOf(tool: string): ToolKind {
  if (tool.startsWith("mcp__")) return "mcp";
  return Object.hasOwn(kinds, tool) ? (kinds[tool] ?? "other") : "other";
}

function textMember(input: JsonObject, name: string): string | null {
  const value: Json | undefined = Object.hasOwn(input, name) ? input[name] : undefined;
  return typeof value === "string" ? value : null;
}
