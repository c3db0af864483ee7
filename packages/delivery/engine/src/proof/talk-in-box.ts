// Drives the client of a proof in its box: the real driver, and a gate that lets exactly the canaries' commands through, so that the walls
// are what stops them. Ends when no process of the box is left.
import { type AgentEnd, type AgentTask, driveAgent, splitLines, type ToolDecision } from "@ces/runtimes";
import type { Box } from "@ces/sandbox";
import type { RuntimeOnHost } from "../context.ts";
import type { ProofPorts } from "./proof-ports.ts";

/** One client in a box that waits. `may` are the commands that are let through, word for word. */
export interface TalkInBox {
  readonly box: Box;
  readonly client: RuntimeOnHost;
  readonly task: AgentTask;
  readonly stop: AbortController;
  readonly may: readonly string[];
  readonly asked: (command: string) => void;
}

const GRACE_MS = 1200;

/** The end as the driver saw it. */
export async function talkInBox(ports: Pick<ProofPorts, "signal">, talk: TalkInBox): Promise<AgentEnd> {
  const { box, client, task, stop } = talk;
  const signal = AbortSignal.any([ports.signal, stop.signal]);
  let timer: NodeJS.Timeout | undefined;
  const killLater = (): void => void (timer ??= setTimeout(() => void box.kill(), GRACE_MS));
  signal.addEventListener("abort", killLater, { once: true });
  box.stderr.resume();
  box.go();
  const io = {
    lines: splitLines(box.stdout),
    send: (line: string) => void box.stdin.write(`${line}\n`),
    closeInput: () => void box.stdin.end(),
  };
  try {
    const end = await driveAgent(client.runtime, io, task, {
      decide: async ({ kind, command }) => decide(talk, kind === "command" ? command : null),
      report: () => undefined,
      activity: () => undefined,
      signal,
    });
    if (end.outcome === "gate_bypassed" || end.outcome === "stream_forged") await box.kill();
    killLater();
    await box.exited;
    return end;
  } catch (error) {
    await box.kill();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", killLater);
  }
}

function decide({ may, asked }: TalkInBox, command: string | null): ToolDecision {
  if (command === null || !may.includes(command)) return { kind: "deny", reason: "no canary asks for this" };
  asked(command);
  return { kind: "allow" };
}
