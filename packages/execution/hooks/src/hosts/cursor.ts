// Cursor's beforeShellExecution and preToolUse (spec/guard §2.11). An answer that is no JSON blocks with `failClosed: true`.
import type { JsonObject } from "@ces/kernel";
import { answered, type Host, type HookCall, type JudgedCall, type Verdict } from "../hook-call.ts";
import {
  type Base,
  baseOf,
  filesCall,
  firstText,
  malformed,
  objectOr,
  own,
  readObject,
  shellCall,
  textOr,
  touch,
} from "../read-call-fields.ts";
import { replacement } from "../reason-text.ts";
import { readOther } from "./claude.ts";

/** The dialect of Cursor. */
export const cursor: Host = {
  name: "cursor",
  readCall,
  answer: (verdict, call) => answered(cursorDocument(verdict, call)),
};

function readCall(bytes: Uint8Array): HookCall {
  const event = readObject(bytes);
  if (typeof event === "string") return malformed(event);
  switch (own(event, "hook_event_name")) {
    case "beforeShellExecution":
      return shellCall(eventBase(event, "Shell", event), own(event, "command"));
    case "preToolUse":
      return readToolUse(event);
    default:
      return malformed("`hook_event_name` is neither `beforeShellExecution` nor `preToolUse`");
  }
}

function readToolUse(event: JsonObject): HookCall {
  const tool = textOr(own(event, "tool_name"));
  const input = objectOr(own(event, "tool_input"));
  if (tool === undefined || tool === "") return malformed("`tool_name` is missing");
  if (input === undefined) return malformed("`tool_input` is not an object");
  const base = eventBase(event, tool, input);
  const path = firstText(input, ["file_path", "path", "target_file", "target_notebook"]);
  switch (tool) {
    case "Shell":
      return shellCall(base, own(input, "command"));
    case "Write":
    case "Edit":
    case "StrReplace":
    case "MultiEdit":
    case "EditNotebook":
      return filesCall(base, [touch("write", path)]);
    case "Delete":
      return filesCall(base, [touch("delete", path)]);
    case "Read":
      return filesCall(base, [touch("read", path)]);
    default:
      return readOther(tool, base, input);
  }
}

// The folder may come empty; then the first root is where the shell starts.
function eventBase(event: JsonObject, tool: string, input: JsonObject): Base | string {
  const roots = own(event, "workspace_roots");
  const [first] = Array.isArray(roots) ? roots : [];
  const named = textOr(own(input, "working_directory")) || textOr(own(event, "cwd"));
  const session = textOr(own(event, "conversation_id")) ?? "";
  return baseOf({
    tool,
    input,
    cwd: named === undefined || named === "" ? first : named,
    session,
    ...(roots === undefined ? {} : { roots }),
  });
}

// Both spellings of Cursor's answer: `permission` of the shell event, `decision` of the tool event.
function cursorDocument(verdict: Verdict, call: JudgedCall): object {
  switch (verdict.kind) {
    case "pass":
      return { permission: "allow", decision: "allow" };
    case "instead":
      return refusal("deny", replacement(verdict.reason, verdict.command));
    case "ask":
      // The tool event knows no `ask`.
      return refusal(call.kind === "files" ? "deny" : "ask", verdict.reason);
    case "deny":
      return refusal("deny", verdict.reason);
    default:
      return verdict satisfies never;
  }
}

const refusal = (permission: "ask" | "deny", reason: string): object => ({
  permission,
  decision: "deny",
  reason,
  user_message: reason,
  agent_message: reason,
});
