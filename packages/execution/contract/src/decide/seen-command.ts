// A command as the rules look at it: its argvs, what they reach and what it does are worked out once.

import { argvsOf, type Argv, type CommandContract, type ContractCommand } from "../command-contract.ts";
import type { CscPolicy } from "../csc-policy.ts";
import { reachedArgvs, type Reached } from "../reach/reached-argvs.ts";
import { classifiedEffects } from "./classify.ts";

/** One argv of a command with everything that it leads to. */
export type SeenArgv = { readonly argv: Argv; readonly reached: Reached };

/** A command, its argvs in their order, and its effects (at least one). */
export type SeenCommand = {
  readonly command: ContractCommand;
  readonly argvs: readonly SeenArgv[];
  readonly effects: readonly string[];
};

/** Every command of a contract. */
export function seenCommands(contract: CommandContract, policy: CscPolicy): readonly SeenCommand[] {
  return contract.commands.map((command) => {
    const argvs = argvsOf(command).map((argv) => ({ argv, reached: reachedArgvs(argv) }));
    const reached = argvs.flatMap((one) => one.reached.argvs);
    return { command, argvs, effects: classifiedEffects(reached, command.proposed_effect_type, policy) };
  });
}
