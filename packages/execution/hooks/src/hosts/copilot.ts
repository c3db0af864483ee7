// Copilot CLI's preToolUse (spec/guard §2.11): arguments are JSON inside a string, a changed input is ignored.
import type { Json, JsonObject } from "@ces/kernel";
import { parseJson } from "@ces/kernel";
import { answered, type Host, type HookCall, type Verdict } from "../hook-call.ts";
import { patchTouches } from "../patch-paths.ts";
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

/** The dialect of Copilot CLI. */
export const copilot: Host = {
  name: "copilot",
  readCall,
  answer: (verdict) => answered(copilotDocument(verdict)),
};

function readCall(bytes: Uint8Array): HookCall {
  const event = readObject(bytes);
  if (typeof event === "string") return malformed(event);
  const tool = textOr(own(event, "toolName"));
  if (tool === undefined || tool === "") return malformed("`toolName` is missing");
  const input = argumentsOf(own(event, "toolArgs"));
  if (input === undefined) return malformed("`toolArgs` holds no JSON object");
  const base = baseOf({ tool, input, cwd: own(event, "cwd"), session: textOr(own(event, "sessionId")) ?? "" });
  return readTool(tool, base, input);
}

function argumentsOf(given: Json | undefined): JsonObject | undefined {
  if (typeof given !== "string") return objectOr(given);
  const read = parseJson(given, { maxDepth: 64 });
  return read.kind === "parsed" ? objectOr(read.value) : undefined;
}

function readTool(tool: string, base: Base | string, input: JsonObject): HookCall {
  const path = firstText(input, ["path", "file_path", "filePath"]);
  switch (tool) {
    case "bash":
    case "shell":
      return shellCall(base, own(input, "command"));
    case "powershell":
      return shellCall(base, own(input, "command"), "foreign");
    case "create":
    case "edit":
    case "write":
    case "str_replace":
      return filesCall(base, [touch("write", path)]);
    case "apply_patch":
      return filesCall(base, patchTouches(firstText(input, ["patch", "input", "command"]) ?? ""));
    case "view":
    case "read":
      return filesCall(base, [touch("read", path)]);
    default:
      return readOther(tool, base, input);
  }
}

function copilotDocument(verdict: Verdict): object {
  const say = (permissionDecision: "ask" | "deny", permissionDecisionReason: string): object => ({
    permissionDecision,
    permissionDecisionReason,
  });
  switch (verdict.kind) {
    case "pass":
      return {};
    case "instead":
      return say("deny", replacement(verdict.reason, verdict.command));
    case "ask":
      return say("ask", verdict.reason);
    case "deny":
      return say("deny", verdict.reason);
    default:
      return verdict satisfies never;
  }
}
