// A host that was told to run another text and ran the first one all the same (claude-code #15897, #26506, #32348): noticed after the
// fact by the guard's own log, written into it, and said. Source: spec/guard §2.11, rewrite safety rule.
import type { AuditEntry } from "./audit-line.ts";
import type { HookAnswer, RanCall } from "./hook-call.ts";
import { answered } from "./hook-call.ts";

/** One answer as the log has it: what was asked in which session, and what the host was told. */
export interface LoggedAnswer {
  readonly session: string;
  readonly command_sha256: string;
  readonly answer: string;
}

/** Whether the newest answer to this very text, in this session, was another text. `newest`: answers, the newest first. */
export function wasIgnored(
  { session, command }: RanCall,
  newest: Iterable<LoggedAnswer>,
  sha256: (text: string) => string,
): boolean {
  const hash = sha256(command);
  for (const one of newest) if (one.session === session && one.command_sha256 === hash) return one.answer === "instead";
  return false;
}

/** The line of the log. */
export const alarmEntry = (host: string, { session, cwd, tool, command }: RanCall, latency_ms: number): AuditEntry => ({
  host,
  session,
  cwd,
  tool,
  command,
  decision: "rewrite",
  answer: "alarm",
  observed: false,
  codes: ["REWRITE_IGNORED"],
  rewrite: null,
  latency_ms,
});

/** What the person and the agent are told. What was lost was copied aside before: such a text is answered with another one only then. */
export const alarmAnswer = (): HookAnswer =>
  answered({
    decision: "block",
    reason:
      "ces guard: this command ran as it was written, although the guard had put another one in its place; what it deleted or overwrote was copied aside before (ces undo --last) [REWRITE_IGNORED]",
    systemMessage:
      "ces guard: Claude Code ran a command that the guard had changed, unchanged; see: ces guard log, ces undo --last [REWRITE_IGNORED]",
  });
