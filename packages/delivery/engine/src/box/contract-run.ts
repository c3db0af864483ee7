// No box without a command contract that the tier's policy allows. The texts are kept with the run, so that anybody can judge it again.
import type { CscPolicy } from "@ces/contract";
import { type JudgedContract, judgedUnder, tierPolicy } from "@ces/contract-packs";
import { CesError } from "@ces/kernel";
import type { CommandContractRef, CommandContractTexts, Manifest, WorkOrder } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { commandContractOf, type ContractedWalls } from "./command-contract-of.ts";

/** A contract that may run. */
export interface ContractedRun {
  readonly ref: CommandContractRef;
  readonly texts: CommandContractTexts;
}

/** What deciding needs. */
export type DecidingContext = Pick<EngineContext, "crypto" | "clock">;

/** How the policy of the tier answered, whatever it said. */
export type JudgedRun = JudgedContract;

/** What a contract and its policy take from a manifest. */
export type ContractedManifest = Pick<Manifest, "owner" | "risk_tier" | "checks" | "toolchain">;

/** Makes the contract and asks the policy of its tier. Throws CesError COMMAND_CONTRACT_REFUSED for a plan that no contract can say. */
export function judgeRun(
  { crypto, clock }: DecidingContext,
  order: WorkOrder,
  manifest: ContractedManifest,
  walls: ContractedWalls,
): JudgedRun {
  const contract = commandContractOf(order, manifest, walls);
  return judgedUnder(contract, policyOf(manifest, { crypto }), { crypto, now: clock.epochMs() });
}

/** The same for whoever only goes on when it is allowed. Throws CesError COMMAND_CONTRACT_REFUSED with the reason codes; nothing has run then. */
export function contractRun(
  ctx: DecidingContext,
  order: WorkOrder,
  manifest: ContractedManifest,
  walls: ContractedWalls,
): ContractedRun {
  const judged = judgeRun(ctx, order, manifest, walls);
  if (judged.decision !== "allow") throw refusedRun(judged);
  return { ref: { ...judged.ref, decision: judged.decision }, texts: judged.texts };
}

/** The refusal of a contract. */
export const refusedRun = ({ refusal }: JudgedRun): CesError =>
  new CesError("COMMAND_CONTRACT_REFUSED", refusal, { remedy: "ces explain" });

/** The pack of the manifest's tier with the words of its checks and the folders of its toolchain. */
export function policyOf(
  manifest: Pick<ContractedManifest, "risk_tier" | "checks" | "toolchain">,
  { crypto }: Pick<EngineContext, "crypto">,
): CscPolicy {
  const words = manifest.checks.flatMap(({ argv }) => argv);
  const folders = manifest.toolchain.flatMap(({ mounts }) => mounts);
  return tierPolicy(manifest.risk_tier, { words, folders }, crypto);
}
