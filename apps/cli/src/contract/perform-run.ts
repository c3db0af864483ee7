// A run from files to a receipt on disk, for both spellings of the command. Order is the promise here: the places of receipt and output
// are taken before anything runs, the receipt is on disk before anybody is told (F-29), and a refusal has a receipt too.
import { realpathSync } from "node:fs";
import { receiptText, type Decided, type ExecutionMode, type ExecutionReceipt } from "@ces/contract";
import {
  reserveReceipt,
  runContract,
  type CommandOutput,
  type ContractOrder,
  type ReceiptSigner,
  type ReservedReceipt,
} from "@ces/contract-runner";
import { isCesError } from "@ces/kernel";
import type { Environment } from "../secrets.ts";
import { VERSION } from "../version.ts";
import { decideRun, type DecidedRun, type RunFiles } from "./decide-run.ts";
import type { AskedRun, RunEnd } from "./run-receipts.ts";
import type { RunnerDomain } from "./runner-domain.ts";
import { runnerPorts } from "./runner-ports.ts";

/** What a run was told. `signing_key` is the file behind `signer`, to be kept out of boxes. */
export type RunWish = RunFiles & {
  readonly mode: ExecutionMode;
  readonly form: NonNullable<ContractOrder["form"]>;
  readonly signer: ReceiptSigner | undefined;
  readonly signing_key: string | undefined;
  readonly receipt_out: string;
  readonly stdout_out: string | undefined;
  readonly stderr_out: string | undefined;
  readonly env: Environment;
  readonly signal?: AbortSignal;
  /** Signs the decision before anything is started, and gives what signs the end. Absent: the run is in no chain of signed receipts. */
  readonly sign_decision?: (run: AskedRun) => RunEnd;
  /** What was decided already; decided here without it. */
  readonly known?: DecidedRun;
};

/** What came of it. `receipt_file` is null when the receipt could not be written after all; then its text is all there is. */
export type PerformedRun = {
  readonly decided: Decided;
  readonly receipt: ExecutionReceipt;
  readonly receipt_text: string;
  readonly receipt_file: string | null;
  readonly outputs: readonly CommandOutput[];
};

/** Runs. Throws CesError `CSC_…` for files that are refused, `RECEIPT_UNWRITABLE` before anything ran. */
export async function performRun(wish: RunWish, domain: RunnerDomain): Promise<PerformedRun> {
  const { contract, policy, decided, protect } = wish.known ?? decideRun(wish, domain);
  const places = reserve(wish);
  try {
    // INVARIANT: no receipt, no execution.
    const signEnd = wish.sign_decision?.({ decided, mode: wish.mode, agent: contract.value.actor.agent_id });
    const hidden = wish.signing_key === undefined ? [] : [realpathSync(wish.signing_key)];
    const ports = runnerPorts(domain, { ...wish, protect, hidden });
    const { receipt, outputs } = await runContract(
      {
        contract: contract.value,
        contract_sha256: contract.sha256,
        policy: policy.value,
        policy_sha256: policy.sha256,
        mode: wish.mode,
        decided,
        form: wish.form,
        runner_version: VERSION,
        ...(wish.signer === undefined ? {} : { signer: wish.signer }),
      },
      ports,
    );
    const text = receiptText(receipt);
    const receipt_file = write(places.receipt, text);
    signEnd?.(receipt, text);
    places.stdout?.write(Buffer.concat(outputs.map(({ stdout }) => stdout)));
    places.stderr?.write(Buffer.concat(outputs.map(({ stderr }) => stderr)));
    return { decided, receipt, receipt_text: text, receipt_file, outputs };
  } finally {
    for (const place of Object.values(places)) place?.release();
  }
}

type Places = {
  readonly receipt: ReservedReceipt;
  readonly stdout: ReservedReceipt | undefined;
  readonly stderr: ReservedReceipt | undefined;
};

function reserve({ receipt_out, stdout_out, stderr_out }: RunWish): Places {
  const receipt = reserveReceipt(receipt_out);
  const taken = [receipt];
  try {
    const other = (path: string | undefined): ReservedReceipt | undefined => {
      if (path === undefined) return undefined;
      const place = reserveReceipt(path);
      taken.push(place);
      return place;
    };
    return { receipt, stdout: other(stdout_out), stderr: other(stderr_out) };
  } catch (error) {
    for (const place of taken) place.release();
    throw error;
  }
}

// The disk may be full by now: the evidence is shown then, and the run is no success.
function write(place: ReservedReceipt, text: string): string | null {
  try {
    place.write(text);
    return place.path;
  } catch (error) {
    if (isCesError(error, "RECEIPT_UNWRITABLE")) return null;
    throw error;
  }
}
