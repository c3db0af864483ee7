// A contract from its decision to its receipt (spec/csc.md §3.2). Nothing runs that was not decided, checked and, where a person had to
// say yes, paid for with an approval; whatever happens, there is one receipt.
import {
  approvalSha256,
  blankReceipt,
  limitViolations,
  publishedReceipt,
  receiptSha256,
  sealReceipt,
  signReceipt,
  type BlankReceipt,
  type CommandContract,
  type ContractCommand,
  type CscPolicy,
  type Decided,
  type ExecutionMode,
  type ExecutionReceipt,
  type ReceiptApproval,
  type ReceiptOutcome,
} from "@ces/contract";
import { CesError, isCesError } from "@ces/kernel";
import type { CommandRunner } from "./command-runner.ts";
import type { CommandOutcome, Ran, Refusal } from "./command-outcome.ts";
import { consumeApproval, finishConsumption } from "./consume-approval.ts";
import { blocked, notStarted, refusedBy } from "./command-outcome.ts";
import { hardenedRunner } from "./hardened-runner.ts";
import { localRunner } from "./local-runner.ts";
import { outcomeMembers } from "./outcome-members.ts";
import type { SealedReceipt } from "./receipt-chain.ts";
import type { RunnerPorts } from "./runner-ports.ts";

/** A key that signs receipts. */
export type ReceiptSigner = { readonly key_id: string; readonly sign: (message: Uint8Array) => Uint8Array };

/** What is to be run. Contract and policy passed their doors. */
export type ContractOrder = {
  readonly contract: CommandContract;
  readonly contract_sha256: string;
  readonly policy: CscPolicy;
  readonly policy_sha256: string;
  readonly mode: ExecutionMode;
  /** Absent only where the decision is made elsewhere (vectors of the runner alone). */
  readonly decided?: Decided;
  readonly signer?: ReceiptSigner;
  /** `published`: only the members that the format knows, for readers of the reference. */
  readonly form?: "house" | "published";
  readonly runner_version: string;
  readonly joins?: ExecutionReceipt["joins"];
};

/** What was kept of a command's output: capped, secrets taken out; the receipt's hashes are over these bytes. */
export type CommandOutput = { readonly command_id: string; readonly stdout: Buffer; readonly stderr: Buffer };

/** The receipt, signed when there was a key, and the output of every command that was started. */
export type ContractRun = { readonly receipt: ExecutionReceipt; readonly outputs: readonly CommandOutput[] };

/** Runs a contract. Never throws for what contract, policy, machine or commands do: that stands in the receipt. */
export async function runContract(order: ContractOrder, ports: RunnerPorts): Promise<ContractRun> {
  const blank = blankReceipt({
    ...order,
    contract_id: order.contract.contract_id,
    now: ports.clock.epochMs(),
    random: ports.random,
  });
  const refusal = refusalBefore(order, ports);
  if (refusal !== undefined) return finish({ order, blank, ports }, { refusal, ran: [] });
  const going = await openRunner(order, blank, ports);
  if ("kind" in going) return finish({ order, blank, ports }, { refusal: going, ran: [] });
  try {
    const done = await runAll(order, blank, ports, going);
    const sandbox = going.sandbox();
    return finish({ order, blank, ports }, { ...done, ...(sandbox === undefined ? {} : { sandbox }) });
  } finally {
    await going.close();
  }
}

// Everything that can be said without looking at the machine.
function refusalBefore(order: ContractOrder, ports: RunnerPorts): Refusal | undefined {
  const { decided, contract } = order;
  if (order.mode === "hardened" && order.signer === undefined)
    return blocked("SIGNER_MISSING", "hardened mode needs a key that signs the receipt");
  if (decided !== undefined && decided.decision !== "allow")
    return blocked(
      decided.reason_codes[0] ?? "DENIED",
      `${decided.decision === "deny" ? "denied" : "needs approval"}: ${decided.reasons.join("; ")}`,
    );
  if (decided !== undefined && Date.parse(decided.expires_at) <= ports.clock.epochMs())
    return blocked("DECISION_EXPIRED", `the decision expired at ${decided.expires_at}`);
  const over = limitViolations(contract);
  return over.length === 0 ? undefined : blocked("LIMIT_EXCEEDED", over.join("; "));
}

async function openRunner(
  order: ContractOrder,
  blank: BlankReceipt,
  ports: RunnerPorts,
): Promise<CommandRunner | Refusal> {
  try {
    return order.mode === "local"
      ? localRunner(order.contract, order.policy, ports)
      : await hardenedRunner(order.contract, order.policy, boxName(blank.execution_id), ports);
  } catch (error) {
    if (!isCesError(error)) throw error;
    return refusedBy(error);
  }
}

/** What came of the commands. `failed` is the one at which the run stopped. */
export type Done = {
  readonly ran: readonly (Ran & { readonly command: ContractCommand })[];
  readonly refusal?: Refusal;
  readonly failed?: string;
  readonly approvals?: readonly ReceiptApproval[];
};

async function runAll(
  order: ContractOrder,
  blank: BlankReceipt,
  ports: RunnerPorts,
  runner: CommandRunner,
): Promise<Done> {
  const { commands } = order.contract;
  for (const command of commands) {
    const refusal = runner.check(command);
    if (refusal !== undefined) return { ran: [], refusal, failed: command.id };
  }
  const spend = approvalSpender(order, blank, ports);
  const ran: (Ran & { readonly command: ContractCommand })[] = [];
  for (const command of commands) {
    const outcome = await attempt(() => runner.run(command, spend.once));
    if (outcome.kind === "refused") return { ran, refusal: outcome, failed: command.id, approvals: spend.spent() };
    ran.push({ ...outcome, command });
    if (outcome.exit_code !== 0 || outcome.why !== undefined)
      return { ran, failed: command.id, approvals: spend.spent() };
  }
  return { ran, approvals: spend.spent() };
}

// An error of the runner itself is a failure of the command that it happened in: something may have run.
async function attempt(run: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  try {
    return await run();
  } catch (error) {
    if (isCesError(error, "APPROVAL_SPENT") || isCesError(error, "APPROVAL_STORE")) return refusedBy(error);
    const why = error instanceof Error ? error.message : String(error);
    return notStarted("RUNNER_FAILED", `the runner failed: ${why}`, 1);
  }
}

type Spender = { readonly once: () => void; readonly spent: () => readonly ReceiptApproval[] };

// INVARIANT: a single approval is on disk as spent before the first process of the contract starts (F-05).
function approvalSpender(order: ContractOrder, blank: BlankReceipt, ports: RunnerPorts): Spender {
  const used = order.decided?.approvals_used ?? [];
  const spent: ReceiptApproval[] = [];
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    for (const approval of used) {
      if (approval.scope === "single_execution") {
        const answer = consumeApproval(ports.folders.approvals, {
          approval_id: approval.approval_id,
          contract_sha256: order.contract_sha256,
          execution_id: blank.execution_id,
          consumed_at: ports.clock.now(),
        });
        if (answer.kind === "spent") throw new CesError("APPROVAL_SPENT", spentText(approval.approval_id, answer.by));
      }
      spent.push({
        approval_id: approval.approval_id,
        identity: approval.approver.identity,
        ...(approval.signature === undefined ? {} : { key_id: approval.signature.key_id }),
        scope: approval.scope,
        sha256: approvalSha256(approval, ports.crypto),
      });
    }
  };
  return { once, spent: () => spent };
}

/** Who spent an approval, in a sentence. */
export function spentText(
  approval_id: string,
  by: { readonly execution_id: string; readonly consumed_at: string; readonly finished: boolean } | undefined,
): string {
  if (by === undefined) return `the approval \`${approval_id}\` was used before`;
  const end = by.finished ? "" : ", of which no end is recorded";
  return `the approval \`${approval_id}\` was used by \`${by.execution_id}\` at ${by.consumed_at}${end}`;
}

type Frame = { readonly order: ContractOrder; readonly blank: BlankReceipt; readonly ports: RunnerPorts };

function finish({ order, blank, ports }: Frame, done: Done & Pick<ReceiptOutcome, "sandbox">): ContractRun {
  const outcome = outcomeMembers(order, done, ports.clock.now());
  const { receipt, hash } =
    order.form === "published" || ports.chain === undefined
      ? sealed({ order, blank, ports }, outcome)
      : ports.chain((previous) =>
          sealed(
            { order, blank, ports },
            { ...outcome, ...(previous === undefined ? {} : { previous_receipt_sha256: previous }) },
          ),
        );
  for (const { approval_id, scope } of done.approvals ?? [])
    if (scope === "single_execution") finishConsumption(ports.folders.approvals, approval_id, hash);
  return {
    receipt,
    outputs: done.ran.map(({ command, stdout, stderr }) => ({
      command_id: command.id,
      stdout: stdout.kept,
      stderr: stderr.kept,
    })),
  };
}

function sealed({ order, blank, ports }: Frame, outcome: ReceiptOutcome): SealedReceipt {
  const { signer, form } = order;
  const house = sealReceipt(blank, { ...outcome, ...(signer === undefined ? {} : { signing_key_id: signer.key_id }) });
  const { signing_key_id: _id, ...published } = publishedReceipt(house);
  const plain = form === "published" ? published : house;
  const receipt = signer === undefined ? plain : signReceipt(plain, { ...signer, signed_at: ports.clock.now() });
  return { receipt, hash: receiptSha256(receipt, ports.crypto) };
}

// Short: the path of a socket below the box's folder has to fit into 107 bytes.
function boxName(execution_id: string): string {
  return execution_id.replace(/^exec_/, "").slice(0, 16);
}
