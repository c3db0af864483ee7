// No box without a command contract that the tier's policy allows. The texts are kept with the run, so that anybody can judge it again.
import { canonicalCsc, type CscPolicy, decide, decisionDocument } from "@ces/contract";
import { tierPolicy } from "@ces/contract-packs";
import { CesError, sha256Hex } from "@ces/kernel";
import type { CommandContractRef, CommandContractTexts, Manifest, WorkOrder } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { plainJson } from "../plain-json.ts";
import { commandContractOf, type ContractedWalls } from "./command-contract-of.ts";

/** A contract that may run. */
export interface ContractedRun {
  readonly ref: CommandContractRef;
  readonly texts: CommandContractTexts;
}

/** What deciding needs. */
export type DecidingContext = Pick<EngineContext, "crypto" | "clock">;

/** How the policy of the tier answered, whatever it said. */
export interface JudgedRun {
  readonly ref: Omit<CommandContractRef, "decision">;
  readonly texts: CommandContractTexts;
  readonly decision: "allow" | "deny" | "needs_approval";
  /** First reason code; `ALLOWED` where there is none. */
  readonly reason: string;
  /** Why not, in words with every code. */
  readonly refusal: string;
}

/** Makes the contract and asks the policy of its tier. Throws CesError COMMAND_CONTRACT_REFUSED for a plan that no contract can say. */
export function judgeRun(
  { crypto, clock }: DecidingContext,
  order: WorkOrder,
  manifest: Manifest,
  walls: ContractedWalls,
): JudgedRun {
  const contract = commandContractOf(order, manifest, walls);
  const policy = policyOf(manifest, { crypto });
  // No guard: the words are CES's own or sealed in the manifest, and the walls hold whatever they do.
  const decided = decide(contract, policy, { now: clock.epochMs(), crypto, judge: null });
  const codes = decided.reason_codes.map((code) => `\`${code}\``).join(", ");
  const texts = { contract: text(contract), policy: text(policy), decision: text(decisionDocument(decided)) };
  return {
    ref: {
      contract_id: contract.contract_id,
      contract_sha256: decided.contract_sha256,
      policy: policy.name,
      policy_sha256: decided.policy_sha256,
      decision_sha256: sha256Hex(crypto, texts.decision),
    },
    texts,
    decision: decided.decision,
    reason: decided.reason_codes[0] ?? "ALLOWED",
    refusal: `the policy \`${policy.name}\` does not allow ${contract.intent}: ${decided.reasons[0] ?? "no reason"} (${codes})`,
  };
}

/** The same for whoever only goes on when it is allowed. Throws CesError COMMAND_CONTRACT_REFUSED with the reason codes; nothing has run then. */
export function contractRun(
  ctx: DecidingContext,
  order: WorkOrder,
  manifest: Manifest,
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
export function policyOf(manifest: Manifest, { crypto }: Pick<EngineContext, "crypto">): CscPolicy {
  const words = manifest.checks.flatMap(({ argv }) => argv);
  const folders = manifest.toolchain.flatMap(({ mounts }) => mounts);
  return tierPolicy(manifest.risk_tier, { words, folders }, crypto);
}

const text = (value: object): string => canonicalCsc(plainJson(value));
