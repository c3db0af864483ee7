// The process around a command: its words, its environment, its streams.
import type { Environment, Secrets } from "./secrets.ts";
import type { Sinks } from "./screen.ts";
import type { TerminalFacts } from "./terminal-facts.ts";

/** Everything of this process that a command may come to know. `stop` is what Ctrl-C does. */
export type Host = {
  readonly argv: readonly string[];
  readonly env: Environment;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  readonly stop: () => void;
  readonly sinks: Sinks;
  readonly facts: TerminalFacts;
};
