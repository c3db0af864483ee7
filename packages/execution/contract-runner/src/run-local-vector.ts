// The runner alone, as the vectors of the reference drive it: no decision, no schema, local mode, the published form of the receipt.
import {
  contractSha256,
  policySha256,
  publishedReceipt,
  type CommandContract,
  type CscPolicy,
  type ExecutionReceipt,
} from "@ces/contract";
import type { Random } from "@ces/kernel";
import { runContract } from "./run-contract.ts";
import type { RunnerPorts } from "./runner-ports.ts";

/** What is run: a contract and as much of a policy as a runner looks at. `env` is the runner's environment. */
export type LocalRun = {
  readonly contract: CommandContract;
  readonly policy: CscPolicy;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Runs it and gives the published receipt. Variables pass as in the reference, whose policies have no word about them. */
export async function runLocal(
  run: LocalRun,
  ports: Omit<RunnerPorts, "env"> & { readonly random: Random },
): Promise<ExecutionReceipt> {
  const named = run.contract.commands.flatMap(({ env_allow }) => env_allow);
  const policy: CscPolicy = { ...run.policy, allowed_env: named };
  const { receipt } = await runContract(
    {
      contract: run.contract,
      contract_sha256: contractSha256(run.contract, ports.crypto),
      policy,
      policy_sha256: policySha256(run.policy, ports.crypto),
      mode: "local",
      runner_version: "vectors",
    },
    { ...ports, env: run.env },
  );
  return publishedReceipt(receipt);
}
