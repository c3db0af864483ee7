// What both modes have in common: judge a command while nothing runs, then run it.
import type { ContractCommand, ReceiptSandbox } from "@ces/contract";
import type { CommandOutcome, Refusal } from "./command-outcome.ts";

/** How a mode runs commands. */
export type CommandRunner = {
  /** What stands in the way of a command that nothing earlier in the contract could remove; undefined when nothing does. */
  readonly check: (command: ContractCommand) => Refusal | undefined;
  /** Runs it. `beforeStart` is called when everything stands, right before the first process of the command starts. */
  readonly run: (command: ContractCommand, beforeStart: () => void) => Promise<CommandOutcome>;
  /** The walls of everything that ran; undefined where there are none. */
  readonly sandbox: () => ReceiptSandbox | undefined;
  /** Leaves nothing behind. */
  readonly close: () => Promise<void>;
};
