// Making receipts: what is known before anything runs, then what came of it. A receipt that its own schema would refuse is never sealed (F-07).

import { CesError, encodeHex, wellFormed, type Json, type Random } from "@ces/kernel";
import { receiptProblems } from "../doors/read-receipt.ts";
import type { ExecutionMode, ExecutionReceipt } from "../execution-receipt.ts";
import { truncateError } from "../limits.ts";
import { rfc3339 } from "../rfc3339.ts";

/** What every receipt of one execution says. `now` is milliseconds since 1970. */
export type ReceiptGround = {
  readonly contract_id: string;
  readonly contract_sha256: string;
  readonly policy: { readonly name: string; readonly policy_schema_version: string };
  readonly policy_sha256: string;
  readonly mode: ExecutionMode;
  readonly runner_version: string;
  readonly now: number;
  readonly random: Random;
};

/** A receipt that lacks its end. */
export type BlankReceipt = Pick<
  ExecutionReceipt,
  | "receipt_version"
  | "contract_id"
  | "execution_id"
  | "contract_sha256"
  | "started_at"
  | "policy_profile"
  | "policy_schema_version"
  | "policy_sha256"
  | "runner_version"
  | "execution_mode"
>;

/** What came of it: every other member. */
export type ReceiptOutcome = Omit<ExecutionReceipt, keyof BlankReceipt | "signature">;

/** The beginning of a receipt; the execution id is random, so that two runs of a contract are two (F-19). */
export function blankReceipt(ground: ReceiptGround): BlankReceipt {
  return {
    receipt_version: "csc.receipt.v0.1+ces.1",
    contract_id: ground.contract_id,
    execution_id: `exec_${encodeHex(ground.random(16))}`,
    contract_sha256: ground.contract_sha256,
    started_at: rfc3339(ground.now),
    policy_profile: ground.policy.name,
    policy_schema_version: ground.policy.policy_schema_version,
    policy_sha256: ground.policy_sha256,
    runner_version: ground.runner_version,
    execution_mode: ground.mode,
  };
}

/**
 * The whole receipt, unsigned. `error` is cut and made well formed, `completed_command_ids` and `failed_command_id` are always there.
 * Throws CesError `CSC_RECEIPT_INVALID` when the schema refuses what was put together.
 */
export function sealReceipt(blank: BlankReceipt, outcome: ReceiptOutcome): ExecutionReceipt {
  const receipt: ExecutionReceipt = {
    ...blank,
    completed_command_ids: [],
    failed_command_id: null,
    ...outcome,
    error: truncateError(wellFormed(outcome.error ?? "")),
  };
  // A receipt is plain JSON by construction.
  const [problem] = receiptProblems(receipt as unknown as Json);
  if (problem !== undefined)
    throw new CesError("CSC_RECEIPT_INVALID", `no receipt is sealed that its schema refuses: ${problem.text}`);
  return receipt;
}

/** The receipt of a run that nothing was spawned for: blocked, with the reason. `now` is milliseconds since 1970. */
export function blockedReceipt(
  blank: BlankReceipt,
  { now, ...rest }: Omit<ReceiptOutcome, "status" | "ended_at"> & { readonly now: number },
): ExecutionReceipt {
  return sealReceipt(blank, { ...rest, status: "blocked", ended_at: rfc3339(now) });
}
