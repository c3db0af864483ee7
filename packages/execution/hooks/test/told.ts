// Calls as the hosts send them, and judgements to answer them with.
import type { Decision, Ground, Judgement } from "@ces/guard";
import type { HookCall, HostName, JudgedCall } from "../src/hook-call.ts";

export const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A shell call in each host's own words. */
export const shellEvents: Readonly<Record<HostName, (command: string, cwd?: string) => object>> = {
  claude: (command, cwd = "/work") => ({
    session_id: "s1",
    transcript_path: "/t.jsonl",
    cwd,
    permission_mode: "default",
    hook_event_name: "PreToolUse",
    tool_name: "Bash",
    tool_input: { command, description: "d", timeout: 5000, run_in_background: false },
    tool_use_id: "t1",
  }),
  codex: (command, cwd = "/work") => ({
    session_id: "s1",
    cwd,
    hook_event_name: "PreToolUse",
    tool_name: "Bash",
    tool_input: { command },
  }),
  gemini: (command, cwd = "/work") => ({
    session_id: "s1",
    cwd,
    hook_event_name: "BeforeTool",
    tool_name: "run_shell_command",
    tool_input: { command, description: "d" },
  }),
  cursor: (command, cwd = "/work") => ({
    conversation_id: "s1",
    hook_event_name: "beforeShellExecution",
    workspace_roots: ["/work"],
    command,
    cwd,
  }),
  copilot: (command, cwd = "/work") => ({
    sessionId: "s1",
    timestamp: 1,
    cwd,
    toolName: "bash",
    toolArgs: JSON.stringify({ command, description: "d" }),
  }),
  opencode: (command, cwd = "/work") => ({ tool: "bash", args: { command }, cwd, session: "s1" }),
};

const ground = (decision: Decision): Ground => ({
  code: `TEST_${decision.toUpperCase()}`,
  class: "delete",
  kind: "delete.trash",
  decision,
  text: `it would ${decision}`,
  instead: null,
  floor: false,
});

/** A judgement of that decision, with one ground unless it allows. */
export const judged = (decision: Decision, more: Partial<Judgement> = {}): Judgement => ({
  decision,
  reasons: decision === "allow" ? [] : [ground(decision)],
  rewrite: null,
  rescues: [],
  parts: [],
  ...more,
});

/** The call as one that is judged; fails for all others. */
export function judgedCall(call: HookCall): JudgedCall {
  if (call.kind === "other" || call.kind === "malformed" || call.kind === "ran")
    throw new Error(`not judged: ${JSON.stringify(call)}`);
  return call;
}
