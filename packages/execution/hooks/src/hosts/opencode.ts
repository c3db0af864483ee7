// OpenCode has no hook process: a plugin of ours (install/opencode-plugin.ts) runs in it, starts this program, and throws.
// The form between the two is our own: {tool, args, cwd, session} in, {decision, reason?, command?} out.
import type { JsonObject } from "@ces/kernel";
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
import { personNeeded } from "../reason-text.ts";
import { readOther } from "./claude.ts";

/** The dialect of our plugin in OpenCode. */
export const opencode: Host = {
  name: "opencode",
  readCall,
  answer: (verdict) => answered(opencodeDocument(verdict)),
};

function readCall(bytes: Uint8Array): HookCall {
  const event = readObject(bytes);
  if (typeof event === "string") return malformed(event);
  const tool = textOr(own(event, "tool"));
  const input = objectOr(own(event, "args"));
  if (tool === undefined || tool === "") return malformed("`tool` is missing");
  if (input === undefined) return malformed("`args` is not an object");
  const cwd = textOr(own(event, "cwd"));
  const workdir = textOr(own(input, "workdir"));
  const stands =
    workdir === undefined || workdir === "" ? cwd : workdir.startsWith("/") ? workdir : `${cwd}/${workdir}`;
  const session = textOr(own(event, "session")) ?? "";
  const base = baseOf({ tool, input, cwd: stands, session, id: own(event, "id") });
  return readTool(tool, base, input);
}

function readTool(tool: string, base: Base | string, input: JsonObject): HookCall {
  const path = firstText(input, ["filePath", "file_path", "path"]);
  switch (tool) {
    case "bash":
    case "shell":
      return shellCall(base, own(input, "command"));
    case "write":
    case "edit":
    case "multiedit":
      return filesCall(base, [touch("write", path)]);
    case "patch":
    case "apply_patch":
      return filesCall(base, patchTouches(firstText(input, ["patchText", "patch", "input"]) ?? ""));
    case "read":
      return filesCall(base, [touch("read", path)]);
    default:
      return readOther(tool, base, input);
  }
}

// The plugin throws on anything but `pass` and `instead`; it has nobody to ask.
function opencodeDocument(verdict: Verdict): object {
  switch (verdict.kind) {
    case "pass":
      return { decision: "pass" };
    case "instead":
      return { decision: "instead", command: verdict.command };
    case "ask":
      return { decision: "deny", reason: personNeeded(verdict.reason) };
    case "deny":
      return { decision: "deny", reason: verdict.reason };
    default:
      return verdict satisfies never;
  }
}
