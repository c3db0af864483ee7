// One way to start a process of CES in a box, whatever its purpose: prepare, start, record the handle, and only then let it go (S18).
import { join } from "node:path";
import {
  type Box,
  type BoxEnd,
  type BoxPlan,
  type BoxRoot,
  type BoxUser,
  boxUser,
  prepareBoxRoot,
  startBox,
} from "@ces/sandbox";
import type { CommandContractRef, DeliverySnapshot, Manifest, RunHandle, WorkOrder } from "@ces/records";
import { CesError } from "@ces/kernel";
import type { SandboxMembers } from "@ces/receipts";
import { observeBox, withLimits } from "@ces/sandbox-layers";
import { removeTree } from "@ces/workspace";
import type { EngineContext } from "../context.ts";
import { haltInForce } from "../halts.ts";
import { commitRows, entry } from "../journal.ts";
import { boxDecision, unwatched } from "../receipts/box-receipts.ts";
import type { PendingReceipt } from "../receipts/pending-receipt.ts";
import { forgetBox, noteBox, type NotedBox } from "./box-notes.ts";
import { type BoxGround, boxPlan } from "./box-plan.ts";
import { type JudgedRun, judgeRun, refusedRun } from "./contract-run.ts";

/** What a purpose adds to the walls that every box has. */
export type BoxShape = Omit<BoxPlan, "run" | "root" | "user" | "bwrap" | "system" | "lock" | "keepOut"> & {
  /** The sealed contract of the delivery that it is started for. */
  readonly manifest: Manifest;
};

export interface OpenBox {
  readonly box: Box;
  readonly root: BoxRoot;
  readonly started_at: string;
  readonly started_ms: number;
  readonly command_contract: CommandContractRef;
  /** The walls as the kernel confirmed them before anything was let go. */
  readonly sandbox: SandboxMembers;
  /** False when a halt came before the command was let go: nothing of it has run. */
  readonly went: boolean;
  /** Why CES ended it, if it did. */
  stoppedBy(): "halted" | "interrupted" | null;
  /** Stops the timers and removes what the box left on disk. Call when nothing reads it any more. */
  dispose(): Promise<void>;
}

const HALT_POLL_MS = 200;

/** Where a box will live, before it is started: callers fill it (trees, git directory, sockets). */
export interface PreparedBox {
  readonly order: WorkOrder;
  readonly user: BoxUser;
  readonly root: BoxRoot;
}

/** Notes the box and makes its folder: 0700, owned by the uid that the box runs as. */
export function prepareBox(ctx: EngineContext, order: WorkOrder): PreparedBox {
  noteBox(ctx.places, order);
  const user = boxUser(order.run_id, ctx.places.boxes_dir);
  return { order, user, root: prepareBoxRoot(ctx.places.boxes_dir, order.run_id, user) };
}

/** Removes what a dead box left on disk and crosses it out. */
export async function removeBox(ctx: EngineContext, box: NotedBox): Promise<void> {
  await removeTree(join(ctx.places.boxes_dir, box.run_id));
  forgetBox(ctx.places, box);
}

/**
 * Asks the policy of the tier, starts the box, commits its handle, lets it go. Throws COMMAND_CONTRACT_REFUSED and what `startBox` throws;
 * nothing of the command has run then.
 */
export async function openBox(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  prepared: PreparedBox,
  shape: BoxShape,
): Promise<OpenBox> {
  const { order, root } = prepared;
  const judged = judgedOrRefused(ctx, snapshot, order, shape);
  const started_at = ctx.clock.now();
  const started_ms = ctx.clock.monotonicMs();
  const { manifest: _manifest, ...walls } = shape;
  const box = await startBox(boxPlan(groundOf(ctx), prepared, walls));
  ctx.report({
    kind: "run",
    run_id: order.run_id,
    purpose: order.purpose,
    label: order.label,
    status: "spawned",
    pid: box.handle.pid,
    note: "",
  });
  const { sandbox, command_contract } = await orKilled(box, () => {
    const seen = observeBox(box);
    const held = { handle: box.handle, box_dir: root.path, started_at };
    return { sandbox: seen, command_contract: recordStart(ctx, snapshot, order, { ...held, judged, sandbox: seen }) };
  });
  const stop = watchStops(ctx, box);
  // INVARIANT: a halt is either seen here, or its declaration finds the handle that was just recorded.
  const went = stop.reason() === null;
  if (went) box.go();
  ctx.report({
    kind: "run",
    run_id: order.run_id,
    purpose: order.purpose,
    label: order.label,
    status: "started",
    pid: box.handle.pid,
    note: "",
  });
  return {
    box,
    root,
    started_at,
    started_ms,
    command_contract,
    sandbox: withLimits(sandbox, box.limits),
    went,
    stoppedBy: stop.reason,
    dispose: () => (stop.end(), removeBox(ctx, order)),
  };
}

// What cannot be recorded, or is not what was asked for, never runs.
async function orKilled<T>(box: Box, record: () => T): Promise<T> {
  try {
    return record();
  } catch (error) {
    await box.kill();
    throw error;
  }
}

/** A refusal stands in the ledger. One of the policy has a receipt, like a start; a plan that no contract can say has nothing to sign over. */
function judgedOrRefused(ctx: EngineContext, snapshot: DeliverySnapshot, order: WorkOrder, shape: BoxShape): JudgedRun {
  const refuse = (error: CesError, receipts: readonly PendingReceipt[]): CesError => {
    const refused = entry("run", order.delivery_id, `box refused: ${order.label}`, {
      decision: "deny",
      rationale: error.message,
      refs: [order.run_id],
      data: { purpose: order.purpose, attempt: order.attempt },
    });
    commitRows(ctx, snapshot, { rows: [], entries: [refused], receipts });
    return error;
  };
  let judged: JudgedRun;
  try {
    judged = judgeRun(ctx, order, shape.manifest, shape);
  } catch (error) {
    throw error instanceof CesError ? refuse(error, []) : error;
  }
  if (judged.decision === "allow") return judged;
  const decision = judged.decision === "deny" ? "deny" : "require_approval";
  const facts = { decision, reason: judged.reason, order, contract: judged.ref, sandbox: unwatched } as const;
  throw refuse(refusedRun(judged), [boxDecision(ctx, facts, null)]);
}

const groundOf = ({ tools, box_lock, places, home }: EngineContext): BoxGround => ({
  bwrap: tools.bwrap,
  lock: box_lock,
  keepOut: [places.state_dir, places.project_root, home],
});

interface Started {
  readonly handle: RunHandle;
  readonly box_dir: string;
  readonly started_at: string;
  readonly judged: JudgedRun;
  readonly sandbox: SandboxMembers;
}

/** INVARIANT: row, ledger entry and receipt are durable before the box may go: no receipt, no execution. */
function recordStart(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  order: WorkOrder,
  { judged, sandbox, ...started }: Started,
): CommandContractRef {
  const { texts, reason } = judged;
  const ref: CommandContractRef = { ...judged.ref, decision: "allow" };
  const body = { order, ...started, command_contract: ref, command_contract_texts: texts };
  const row = { kind: "run_started" as const, id: order.run_id, delivery_id: order.delivery_id, body };
  const said = entry("run", order.delivery_id, `box started: ${order.label}`, {
    refs: [order.run_id],
    data: {
      purpose: order.purpose,
      attempt: order.attempt,
      manifest_sha256: order.manifest_hash,
      contract_sha256: ref.contract_sha256,
      policy_sha256: ref.policy_sha256,
      decision_sha256: ref.decision_sha256,
    },
  });
  const receipt = boxDecision(ctx, { decision: "allow", reason, order, contract: judged.ref, sandbox }, row);
  commitRows(ctx, snapshot, { rows: [row], entries: [said], receipts: [receipt] });
  return ref;
}

/** Ends the box when a halt is declared by anybody or when this process is interrupted. */
function watchStops(
  ctx: EngineContext,
  box: Box,
): { readonly reason: () => "halted" | "interrupted" | null; readonly end: () => void } {
  let reason: "halted" | "interrupted" | null = null;
  const before = haltCount(ctx);
  const stop = (why: "halted" | "interrupted"): void => {
    reason ??= why;
    void box.kill();
  };
  const look = (): void => void (isHalted(ctx) && stop("halted"));
  const timer = setInterval(look, HALT_POLL_MS);
  const onAbort = (): void => stop("interrupted");
  ctx.signal.addEventListener("abort", onAbort);
  if (ctx.signal.aborted) onAbort();
  look();
  const end = (): void => {
    clearInterval(timer);
    ctx.signal.removeEventListener("abort", onAbort);
  };
  void box.exited.then((ended) => {
    end();
    // Whoever declares a halt ends boxes without asking their driver (S33): the run was halted, it did not fail.
    if (isKilledByOthers(ended) && (isHalted(ctx) || haltCount(ctx) > before)) reason ??= "halted";
  });
  return { reason: () => reason, end };
}

const isKilledByOthers = (ended: BoxEnd): boolean =>
  ended.kind === "signaled" || (ended.kind === "exited" && ended.code === 137);

function haltCount(ctx: EngineContext): number {
  try {
    return ctx.store.records("halt").length;
  } catch {
    return 0;
  }
}

// SECURITY: records that cannot be read stop the box; the next commit says why.
function isHalted(ctx: EngineContext): boolean {
  try {
    return haltInForce(ctx.store, "task_issuance") !== undefined;
  } catch {
    return true;
  }
}
