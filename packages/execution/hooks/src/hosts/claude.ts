// Claude Code's PreToolUse (spec/guard §2.11, spec/runtimes §3.5; measured with 2.1.328).
import type { JsonObject } from "@ces/kernel";
import { answered, type Host, type HookCall, type Verdict } from "../hook-call.ts";
import {
  type Base,
  baseOf,
  filesCall,
  firstText,
  foreignShellText,
  foreignTouches,
  malformed,
  objectOr,
  own,
  readObject,
  shellCall,
  textOr,
  touch,
} from "../read-call-fields.ts";

/** The dialect of Claude Code. */
export const claude: Host = {
  name: "claude",
  readCall: (bytes) => readClaudeCall(bytes),
  answer: (verdict, call) => answered(claudeDocument(verdict, call.input)),
};

/** Reads a PreToolUse event. Codex sends the same form with tools of its own: it passes `more`. */
export function readClaudeCall(
  bytes: Uint8Array,
  more: (tool: string, base: Base | string, input: JsonObject) => HookCall | undefined = () => undefined,
): HookCall {
  const event = readObject(bytes);
  if (typeof event === "string") return malformed(event);
  if (own(event, "hook_event_name") === "PostToolUse") return readRan(event);
  if (own(event, "hook_event_name") !== "PreToolUse") return malformed("`hook_event_name` is not `PreToolUse`");
  const tool = textOr(own(event, "tool_name"));
  const input = objectOr(own(event, "tool_input"));
  if (tool === undefined || tool === "") return malformed("`tool_name` is missing");
  if (input === undefined) return malformed("`tool_input` is not an object");
  const session = textOr(own(event, "session_id")) ?? "";
  const base = baseOf({ tool, input, cwd: own(event, "cwd"), session, id: own(event, "tool_use_id") });
  return more(tool, base, input) ?? readTool(tool, base, input);
}

// What a tool did is past: nothing about it can be refused, and what cannot be read is no alarm.
function readRan(event: JsonObject): HookCall {
  const tool = textOr(own(event, "tool_name")) ?? "";
  const command = textOr(own(objectOr(own(event, "tool_input")) ?? {}, "command"));
  if (command === undefined) return { kind: "other", tool };
  const [session, cwd] = [textOr(own(event, "session_id")) ?? "", textOr(own(event, "cwd")) ?? ""];
  return { kind: "ran", tool, session, cwd, command };
}

function readTool(tool: string, base: Base | string, input: JsonObject): HookCall {
  switch (tool) {
    case "Bash":
    case "Monitor":
      return shellCall(base, own(input, "command"));
    case "PowerShell":
      return shellCall(base, own(input, "command"), "foreign");
    case "Write":
    case "Edit":
    case "MultiEdit":
      return filesCall(base, [touch("write", firstText(input, ["file_path"]))]);
    case "NotebookEdit":
      return filesCall(base, [touch("write", firstText(input, ["notebook_path"]))]);
    case "Read":
      return filesCall(base, [touch("read", firstText(input, ["file_path"]))]);
    case "Grep":
      return readGrep(base, input);
    default:
      return readOther(tool, base, input);
  }
}

// Without a path it searches the folder it stands in, which is no more than the workspace.
function readGrep(base: Base | string, input: JsonObject): HookCall {
  const path = firstText(input, ["path"]);
  return path === undefined ? { kind: "other", tool: "Grep" } : filesCall(base, [touch("read", path)]);
}

/** A tool that is not the host's own: judged when its name and input say that it is a shell, or works on files. */
export function readOther(tool: string, base: Base | string, input: JsonObject): HookCall {
  const text = foreignShellText(tool, input);
  if (text !== undefined) return shellCall(base, text);
  const touches = foreignTouches(tool, input);
  return touches.length === 0 ? { kind: "other", tool } : filesCall(base, touches);
}

// SECURITY: no answer says `allow`: that would spare the agent the question its user is asked without the guard.
function claudeDocument(verdict: Verdict, input: JsonObject): object {
  const say = (fields: object): object => ({ hookSpecificOutput: { hookEventName: "PreToolUse", ...fields } });
  switch (verdict.kind) {
    case "pass":
      return verdict.note === null ? {} : { systemMessage: verdict.note };
    case "instead":
      // `updatedInput` replaces the whole input: a field that is left out is lost (claude-code #30770).
      return say({ updatedInput: { ...input, command: verdict.command } });
    case "ask":
      return say({ permissionDecision: "ask", permissionDecisionReason: verdict.reason });
    case "deny":
      return say({ permissionDecision: "deny", permissionDecisionReason: verdict.reason });
    default:
      return verdict satisfies never;
  }
}
