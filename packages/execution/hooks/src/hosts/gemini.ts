// Gemini CLI's BeforeTool (spec/guard §2.11). It reads standard output as JSON only, and has no word for `ask`.
import type { JsonObject } from "@ces/kernel";
import { answered, type FileTouch, type Host, type HookCall, type Verdict } from "../hook-call.ts";
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
  textsOr,
  touch,
} from "../read-call-fields.ts";
import { personNeeded } from "../reason-text.ts";
import { readOther } from "./claude.ts";

/** The dialect of Gemini CLI. */
export const gemini: Host = {
  name: "gemini",
  readCall,
  answer: (verdict) => answered(geminiDocument(verdict)),
};

function readCall(bytes: Uint8Array): HookCall {
  const event = readObject(bytes);
  if (typeof event === "string") return malformed(event);
  if (own(event, "hook_event_name") !== "BeforeTool") return malformed("`hook_event_name` is not `BeforeTool`");
  const tool = textOr(own(event, "tool_name"));
  const input = objectOr(own(event, "tool_input"));
  if (tool === undefined || tool === "") return malformed("`tool_name` is missing");
  if (input === undefined) return malformed("`tool_input` is not an object");
  const base = baseOf({ tool, input, cwd: own(event, "cwd"), session: textOr(own(event, "session_id")) ?? "" });
  return readTool(tool, base, input);
}

const paths = ["file_path", "absolute_path", "path"];

function readTool(tool: string, base: Base | string, input: JsonObject): HookCall {
  switch (tool) {
    case "run_shell_command":
      return shellCall(
        inDirectory(base, textOr(own(input, "directory")) ?? textOr(own(input, "dir_path"))),
        own(input, "command"),
      );
    case "write_file":
    case "replace":
    case "edit":
      return filesCall(base, [touch("write", firstText(input, paths))]);
    case "read_file":
      return filesCall(base, [touch("read", firstText(input, paths))]);
    case "read_many_files":
      return filesCall(base, manyTouches(input));
    default:
      return readOther(tool, base, input);
  }
}

function manyTouches(input: JsonObject): readonly (FileTouch | undefined)[] {
  const named = textsOr(own(input, "paths") ?? own(input, "include"));
  return named === undefined ? [undefined] : named.map((path) => touch("read", path));
}

// The command runs in a folder of the project that the call names; relative to the project.
function inDirectory(base: Base | string, directory: string | undefined): Base | string {
  if (typeof base === "string" || directory === undefined || directory === "") return base;
  return { ...base, cwd: directory.startsWith("/") ? directory : `${base.cwd}/${directory}` };
}

function geminiDocument(verdict: Verdict): object {
  switch (verdict.kind) {
    case "pass":
      return verdict.note === null ? {} : { systemMessage: verdict.note };
    case "instead":
      // Merged over the input: the other fields stay.
      return { hookSpecificOutput: { hookEventName: "BeforeTool", tool_input: { command: verdict.command } } };
    case "ask":
      return { decision: "deny", reason: personNeeded(verdict.reason) };
    case "deny":
      return { decision: "deny", reason: verdict.reason };
    default:
      return verdict satisfies never;
  }
}
