// What is at the other end. Facts only; what they are worth is decided by the approvals (S21).
import { closeSync, openSync } from "node:fs";
import { hasAgentMarker } from "./agent-markers.ts";
import type { Environment } from "./secrets.ts";

/** `tty`: the controlling terminal can be opened, whatever stdin is. */
export type TerminalFacts = {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly tty: boolean;
  readonly agent_marker: boolean;
  readonly columns: number;
};

/** Looks at this process's terminal. */
export function terminalFacts(env: Environment): TerminalFacts {
  return {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    tty: canOpenTty(),
    agent_marker: hasAgentMarker(env),
    columns: process.stdout.columns ?? 80,
  };
}

function canOpenTty(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r+"));
    return true;
  } catch {
    return false;
  }
}
