// Codex CLI's PreToolUse (spec/guard §2.11, spec/runtimes §4.6; measured with 0.169.0): Claude's form, other tools, no `ask`.
import type { JsonObject } from "@ces/kernel";
import { answered, type Host, type HookCall, type Verdict } from "../hook-call.ts";
import { patchTouches } from "../patch-paths.ts";
import { type Base, filesCall, firstText, malformed, own, shellCall, textOr, touch } from "../read-call-fields.ts";
import { personNeeded } from "../reason-text.ts";
import { readClaudeCall } from "./claude.ts";

/** The dialect of Codex CLI. */
export const codex: Host = {
  name: "codex",
  readCall: (bytes) => readClaudeCall(bytes, readTool),
  answer: (verdict, call) => answered(codexDocument(verdict, call.input)),
};

function readTool(tool: string, base: Base | string, input: JsonObject): HookCall | undefined {
  switch (tool) {
    case "shell":
    case "local_shell":
    case "exec_command":
      return shellCall(base, own(input, "command") ?? own(input, "cmd"));
    case "apply_patch":
      return readPatch(base, firstText(input, ["command", "input", "patch"]));
    case "view_image":
      return filesCall(base, [touch("read", textOr(own(input, "path")))]);
    case "write_stdin":
      // Not sent by the versions that were measured. Should it ever come, what is typed is a program nobody can read whole.
      return malformed("text typed into a running program cannot be judged");
    default:
      return undefined;
  }
}

function readPatch(base: Base | string, patch: string | undefined): HookCall {
  return patch === undefined ? malformed("`apply_patch` came without a patch") : filesCall(base, patchTouches(patch));
}

// SECURITY: to Codex an `ask` is no answer, and the command runs; so is `updatedInput` without `allow` (both measured).
function codexDocument(verdict: Verdict, input: JsonObject): object {
  const say = (fields: object): object => ({ hookSpecificOutput: { hookEventName: "PreToolUse", ...fields } });
  switch (verdict.kind) {
    case "pass":
      return {};
    case "instead":
      return say({ permissionDecision: "allow", updatedInput: { ...input, command: verdict.command } });
    case "ask":
      return say({ permissionDecision: "deny", permissionDecisionReason: personNeeded(verdict.reason) });
    case "deny":
      return say({ permissionDecision: "deny", permissionDecisionReason: verdict.reason });
    default:
      return verdict satisfies never;
  }
}
