// Two receipts for each box: the decision to start it, signed before it may go, and what became of it. Between them stand the decisions of
// the tool gate. All name the run by `session_id`, so that "allowed but never ran" can be seen. Source: spec/acta.md §7.1, §7.7.
import { type CommandContractRef, ReceiptRow, type RunOutcome, type RunRecord, type WorkOrder } from "@ces/records";
import {
  DECISION_TYPE,
  EXECUTION_TYPE,
  type ExecutionDraft,
  type GoverningTexts,
  type SandboxMembers,
} from "@ces/receipts";
import type { EngineContext } from "../context.ts";
import { type PendingReceipt, subjectOf } from "./pending-receipt.ts";
import { plainJson } from "../plain-json.ts";
import { receiptHash, receiptId } from "./project-chain.ts";

/** How a policy of command contracts answered, whatever it said. */
export interface BoxDecision {
  readonly decision: "allow" | "deny" | "require_approval";
  /** First reason code. */
  readonly reason: string;
  readonly order: WorkOrder;
  readonly contract: Omit<CommandContractRef, "decision">;
  readonly sandbox: SandboxMembers;
}

/** The receipt of a decision on a box; `started` is the stored row of one that was started. */
export function boxDecision(
  ctx: Pick<EngineContext, "random" | "crypto">,
  { decision, reason, order, contract, sandbox }: BoxDecision,
  started: { readonly id: string; readonly body: object } | null,
): PendingReceipt {
  const subject = started === null ? null : subjectOf(ctx, "run_started", started);
  return {
    about: subject?.about ?? null,
    draft: {
      type: DECISION_TYPE,
      tool_name: `box:${order.purpose}`,
      decision,
      reason,
      agent_id: "ces",
      observed_by: "host",
      policy_id: contract.policy,
      policy_engine: "csc.v0.1",
      policy_digest: `sha256:${contract.policy_sha256}`,
      session_id: order.run_id,
      iteration_id: iterationOf(order),
      ...(subject === null ? {} : { row_digest: subject.digest }),
      ...textsOf(order, contract),
      ...sandbox,
    },
  };
}

/** Which attempt of which delivery. */
export const iterationOf = ({ delivery_id, attempt }: WorkOrder): string => `${delivery_id}:${attempt}`;

/** What a box stood under, by digest. */
export const textsOf = (
  { manifest_hash }: Pick<WorkOrder, "manifest_hash">,
  contract: Pick<CommandContractRef, "contract_sha256" | "decision_sha256"> | undefined,
): GoverningTexts => ({
  ...(manifest_hash === "" ? {} : { manifest_digest: `sha256:${manifest_hash}` }),
  ...(contract === undefined
    ? {}
    : {
        contract_digest: `sha256:${contract.contract_sha256}`,
        contract_decision_digest: `sha256:${contract.decision_sha256}`,
      }),
});

/** What signing an execution reads. */
export type ExecutionContext = Pick<EngineContext, "store" | "random" | "crypto">;

/** What became of a box. */
export interface BoxEnded {
  readonly order: WorkOrder;
  readonly contract: CommandContractRef | undefined;
  readonly sandbox: SandboxMembers;
  readonly result: ExecutionDraft["result"];
  /** Null when it was stopped or never started. */
  readonly exit_code: number | null;
  readonly duration_ms: number;
  /** Hex SHA-256 over both streams in the order they came; null where a stored record says more. */
  readonly output_sha256: string | null;
}

/** The receipts of a box that has ended: one, or none when it was signed already. `record` is the row that is stored with it. */
export function boxExecution(
  ctx: ExecutionContext,
  ended: BoxEnded,
  record: { readonly id: string; readonly body: object } | null,
): readonly PendingReceipt[] {
  const past = receiptsOf(ctx, ended.order);
  if (past.some(({ payload }) => payload["type"] === EXECUTION_TYPE)) return [];
  const decisions = past.filter(({ payload }) => payload["type"] === DECISION_TYPE);
  const last = decisions.at(-1);
  const subject = record === null ? null : subjectOf(ctx, "run", record);
  const { order, contract, sandbox, result, exit_code, duration_ms, output_sha256 } = ended;
  const draft: ExecutionDraft = {
    type: EXECUTION_TYPE,
    tool_name: `box:${order.purpose}`,
    agent_id: "ces",
    observed_by: "host",
    result,
    duration_ms,
    session_id: order.run_id,
    iteration_id: iterationOf(order),
    decision_count: decisions.length,
    ...(last === undefined ? {} : { decision_receipt_hash: receiptHash(ctx.crypto, plainJson(last)) }),
    ...(exit_code === null ? {} : { exit_code }),
    ...(output_sha256 === null ? {} : { output_digest: `sha256:${output_sha256}` }),
    ...(subject === null ? {} : { run_digest: subject.digest }),
    ...textsOf(order, contract),
    ...sandbox,
  };
  return [{ draft, about: subject?.about ?? null }];
}

/** The receipts of one run, in the chain's order. Read backwards to the run's start: a chain is long, and the box that ended stands at its end. */
function receiptsOf({ store }: Pick<EngineContext, "store">, { run_id }: WorkOrder): readonly ReceiptRow["receipt"][] {
  const found: ReceiptRow["receipt"][] = [];
  for (let sequence = Number(store.newest("receipt")?.id ?? 0); sequence > 0; sequence -= 1) {
    const row = store.record("receipt", receiptId(sequence));
    const read = row === undefined ? undefined : ReceiptRow.parse(row.body);
    if (read?.receipt.payload["session_id"] !== run_id) continue;
    found.push(read.receipt);
    if (read.about?.kind === "run_started") break;
  }
  return found.toReversed();
}

/** What a record of a run means to a receipt. */
export function resultOf(outcome: RunOutcome): ExecutionDraft["result"] {
  switch (outcome) {
    case "completed":
      return "succeeded";
    case "timed_out":
      return "timed_out";
    case "setup_failed":
      return "not_started";
    case "interrupted":
    case "halted":
    case "budget_spent":
    case "idle":
    case "api_error":
    case "crashed":
    case "gate_bypassed":
    case "stream_forged":
    case "max_turns":
    case "disk_full":
      return "failed";
    default:
      return outcome satisfies never;
  }
}

/** The receipt of a run whose record is stored with it. */
export const runExecution = (ctx: ExecutionContext, ended: EndedRun): readonly PendingReceipt[] =>
  boxExecution(ctx, endedOf(ended), { id: ended.record.order.run_id, body: ended.record });

/** The receipt of a run that was stopped and whose record nobody keeps. */
export const stoppedExecution = (ctx: ExecutionContext, ended: EndedRun): readonly PendingReceipt[] =>
  boxExecution(ctx, endedOf(ended), null);

/** A run, the walls around it, and whether anything of it ran. */
export type EndedRun = { readonly record: RunRecord; readonly sandbox: SandboxMembers; readonly went: boolean };

const endedOf = ({ record, sandbox, went }: EndedRun): BoxEnded => ({
  order: record.order,
  contract: record.command_contract,
  sandbox,
  result: went ? resultOf(record.outcome) : "not_started",
  exit_code: record.exit_code,
  duration_ms: record.duration_ms,
  output_sha256: null,
});

/** What is known of the walls of a box that nobody watched to its end. */
export const unwatched: SandboxMembers = {
  sandbox_backend: "ces_walls",
  sandbox_state: "unavailable",
  sandbox_observed: [],
};
