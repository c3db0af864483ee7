// A client that is only its words: lines in, everything that CES did about them out. For forged and recorded streams.
import { driveAgent } from "../src/drive.ts";
import { runtimeNamed } from "../src/registry.ts";
import type { AgentEnd, AgentEvent, AgentTask, ToolDecision } from "../src/runtime.ts";

export interface Told {
  readonly end: AgentEnd;
  readonly events: readonly AgentEvent[];
  readonly sent: readonly string[];
}

/** Feeds lines one by one; every question is answered before the next line is read. */
export async function tell(
  task: AgentTask,
  name: "claude" | "codex" | "replay",
  lines: readonly (string | object)[],
  decision: ToolDecision | ((command: string) => ToolDecision) = { kind: "allow" },
): Promise<Told> {
  const events: AgentEvent[] = [];
  const sent: string[] = [];
  async function* stream(): AsyncGenerator<string> {
    for (const line of lines) {
      yield typeof line === "string" ? line : JSON.stringify(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const end = await driveAgent(
    runtimeNamed(name),
    { lines: stream(), send: (line) => sent.push(line), closeInput: () => {} },
    task,
    {
      decide: async (call) =>
        typeof decision === "function" ? decision(call.command ?? call.paths.join(" ")) : decision,
      report: (event) => events.push(event),
      activity: () => {},
      signal: new AbortController().signal,
    },
  );
  return { end, events, sent };
}
