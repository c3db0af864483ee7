// Proving a hook by asking it: a call of the host's own form that must be refused, and one that must not.
import { type HookAnswer, type HostName } from "./hook-call.ts";

/** A command that no mode and no rule allows; it would do nothing if it ran. */
export const REFUSED_COMMAND = "sudo -n true";
/** A command that every mode allows. */
export const HARMLESS_COMMAND = "pwd";

/** What the host would write for a shell command that runs in `cwd`. */
export function canaryEvent(host: HostName, command: string, cwd: string): string {
  const session = "ces-guard-doctor";
  const forms: Readonly<Record<HostName, object>> = {
    claude: claudeForm(session, command, cwd),
    codex: claudeForm(session, command, cwd),
    gemini: {
      session_id: session,
      cwd,
      hook_event_name: "BeforeTool",
      tool_name: "run_shell_command",
      tool_input: { command },
    },
    cursor: { conversation_id: session, hook_event_name: "beforeShellExecution", workspace_roots: [cwd], command, cwd },
    copilot: { sessionId: session, cwd, toolName: "bash", toolArgs: JSON.stringify({ command }) },
    opencode: { session, cwd, tool: "bash", args: { command } },
  };
  return JSON.stringify(forms[host]);
}

const claudeForm = (session_id: string, command: string, cwd: string): object => ({
  session_id,
  cwd,
  hook_event_name: "PreToolUse",
  tool_name: "Bash",
  tool_input: { command },
});

/** What a host makes of an answer, as far as it was measured or is documented. `runs`: the command would go on. */
export function meaningOfAnswer(
  host: HostName,
  { stdout, stderr, exit }: Omit<HookAnswer, "exit"> & { readonly exit: number | null },
): "refused" | "asked" | "runs" {
  if (exit === 2) return stderr.trim() === "" && host === "codex" ? "runs" : "refused";
  if (exit !== 0) return host === "opencode" ? "refused" : "runs";
  const word = decisionWord(stdout);
  if (word === "deny") return "refused";
  return word === "ask" && host !== "codex" ? "asked" : "runs";
}

function decisionWord(stdout: string): unknown {
  try {
    const answer: Answer = JSON.parse(stdout);
    return (
      answer.hookSpecificOutput?.permissionDecision ?? answer.permissionDecision ?? answer.permission ?? answer.decision
    );
  } catch {
    return undefined;
  }
}

interface Answer {
  readonly hookSpecificOutput?: { readonly permissionDecision?: unknown };
  readonly permissionDecision?: unknown;
  readonly permission?: unknown;
  readonly decision?: unknown;
}
