// What would be started, without starting it: the same judgement of the disk as a run makes before its first command.
import { argvsOf, type CommandContract, type CscPolicy } from "@ces/contract";
import { boxSystem, placeRules } from "./box-system.ts";
import { findLauncher } from "./find-launcher.ts";
import { judgeCommandNow } from "./judged-command.ts";
import type { RunnerPorts } from "./runner-ports.ts";

/** One command: its argvs, or why it would be blocked. */
export type CommandPreview = {
  readonly command_id: string;
  readonly argvs: readonly (readonly string[])[];
  readonly blocked: string | null;
};

/** Looks at every command in hardened mode. Throws CesError `WALLS_UNAVAILABLE`. */
export async function previewContract(
  contract: CommandContract,
  policy: CscPolicy,
  ports: Pick<RunnerPorts, "config" | "keepOut" | "protect" | "crypto" | "clock">,
): Promise<readonly CommandPreview[]> {
  await findLauncher(ports);
  const system = boxSystem();
  const rules = placeRules(system, ports);
  const ground = { policy, config: ports.config, system, rules, contract: contract.commands };
  return contract.commands.map((command) => {
    const judged = judgeCommandNow(command, ground);
    return {
      command_id: command.id,
      argvs: argvsOf(command),
      blocked: judged.kind === "refused" ? judged.error : null,
    };
  });
}
