// How a hop becomes durable: one commit with the next standing, its rows, its ledger entries and the effects to run
// after it (DESIGN §3). Whatever a hop did before its commit is either repeated without harm or found by its records.
import { CesError, type Json, canonicalize, hashJson, wellFormed } from "@ces/kernel";
import type { StepCommit, StoreRow } from "@ces/ports";
import { type Actor, DeliverySnapshot, type Effect, type LedgerDraft } from "@ces/records";
import { type DeliveryEvent, advance } from "@ces/workflow";
import type { EngineContext } from "./context.ts";
import { plainJson } from "./plain-json.ts";
import { commitSigned } from "./receipts/commit-signed.ts";
import type { PendingReceipt } from "./receipts/pending-receipt.ts";

/** The control plane as an actor. */
export const controlPlane: Actor = { id: "ces", kind: "control_plane", proof: "none" };

/** What one hop changes. */
export interface Step {
  /** Name of the journalled step, as shown in progress and in the ledger. */
  readonly name: string;
  readonly event?: DeliveryEvent;
  readonly actor?: Actor;
  readonly patch?: Partial<DeliverySnapshot>;
  readonly rows?: readonly StoreRow[];
  readonly entries?: readonly LedgerDraft[];
  /** Effects besides those of the machine. */
  readonly next?: readonly NextEffect[];
  /** The effect that this step finishes. */
  readonly done?: Effect;
  /** Signed into the project's chain by the same commit. */
  readonly receipts?: readonly PendingReceipt[];
}

export interface NextEffect {
  readonly name: string;
  readonly input?: Json;
}

/** Commits a step computed from `snapshot`; returns the new snapshot. Throws STEP_REFUSED when the machine or the store says no. */
export function commitStep(ctx: EngineContext, snapshot: DeliverySnapshot, step: Step): DeliverySnapshot {
  const moved = step.event === undefined ? null : move(snapshot, step.event, step.actor ?? controlPlane);
  const next = storable({
    ...snapshot,
    ...moved?.standing,
    ...step.patch,
    version: snapshot.version + 1,
    updated_at: ctx.clock.now(),
  });
  const effects = [...(moved?.effects ?? []).map((name) => ({ name })), ...(step.next ?? [])].map((effect) =>
    journalled(ctx, next, effect),
  );
  const entries =
    step.event === undefined ? (step.entries ?? []) : [transitionEntry(snapshot, next, step), ...(step.entries ?? [])];
  const planned = {
    delivery_id: snapshot.delivery_id,
    expected_version: snapshot.version === 0 ? null : snapshot.version,
    fence: ctx.lease.fence,
    snapshot: next,
    entries: entries.length === 0 ? [plainEntry(next, step)] : entries,
    effects,
    effects_done: step.done === undefined ? [] : [step.done.effect_id],
    rows: step.rows ?? [],
  };
  store(ctx, planned, step.receipts ?? []);
  ctx.report({ kind: "step", name: step.name, delivery_id: next.delivery_id, version: next.version });
  return next;
}

/** What belongs to a hop under way: handles, decisions, meter. */
export interface RowsUnderWay {
  readonly rows: readonly StoreRow[];
  readonly entries?: readonly LedgerDraft[];
  readonly receipts?: readonly PendingReceipt[];
}

/** Commits rows without moving the delivery. */
export function commitRows(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { rows, entries = [], receipts = [] }: RowsUnderWay,
): void {
  const planned = {
    delivery_id: snapshot.delivery_id,
    expected_version: snapshot.version,
    fence: ctx.lease.fence,
    snapshot: null,
    entries,
    effects: [],
    effects_done: [],
    rows,
  };
  store(ctx, planned, receipts);
}

/** A ledger draft with nothing but what is given. */
export function entry(
  event_type: LedgerDraft["event_type"],
  delivery_id: string | null,
  summary: string,
  more: Partial<LedgerDraft> = {},
): LedgerDraft {
  const { rationale = null, ...rest } = more;
  const cut = (text: string, length: number): string => wellFormed(text.slice(0, length));
  return {
    event_type,
    actor: controlPlane,
    delivery_id,
    summary: cut(summary, 2000),
    decision: null,
    rationale: rationale === null ? null : cut(rationale, 4000),
    previous_state: null,
    new_state: null,
    refs: [],
    data: {},
    ...rest,
  };
}

function store(ctx: EngineContext, step: StepCommit, receipts: readonly PendingReceipt[]): void {
  const rows = step.rows.map((row) => ({ ...row, body: plainJson(row.body) }));
  commitSigned(ctx, { ...step, rows }, receipts);
}

function move(snapshot: DeliverySnapshot, event: DeliveryEvent, actor: Actor) {
  const result = advance(snapshot, event, actor);
  if (result.kind === "refused") throw new CesError(result.code, result.text, { remedy: "ces status" });
  return { standing: result.next, effects: result.effects };
}

/** INVARIANT: a snapshot that is stored can be read again; one that cannot would close the project to every command. Blockers name what others chose. */
function storable(next: DeliverySnapshot): DeliverySnapshot {
  return DeliverySnapshot.parse(
    plainJson({ ...next, blockers: next.blockers.map((reason) => ({ ...reason, text: reason.text.slice(0, 2000) })) }),
  );
}

/** INVARIANT: the id holds the version it was journalled with, so that the same effect after a moved base is a new one. */
function journalled(ctx: EngineContext, next: DeliverySnapshot, effect: NextEffect): Effect {
  const { delivery_id, attempt, state, version } = next;
  const effect_id = hashJson(ctx.crypto, "ces.effect/v1", [delivery_id, version, state, attempt, effect.name]);
  return {
    effect_id,
    delivery_id,
    name: effect.name,
    attempt,
    state,
    input: effect.input === undefined ? "" : canonicalize(effect.input, "rfc8785"),
  };
}

function transitionEntry(before: DeliverySnapshot, after: DeliverySnapshot, step: Step): LedgerDraft {
  return entry("state_transition", after.delivery_id, step.name, {
    actor: step.actor ?? controlPlane,
    previous_state: before.state,
    new_state: after.state,
    data: { attempt: after.attempt, retry_count: after.retry_count, version: after.version },
  });
}

const plainEntry = (after: DeliverySnapshot, step: Step): LedgerDraft =>
  entry("state_transition", after.delivery_id, step.name, {
    previous_state: after.state,
    new_state: after.state,
    data: { attempt: after.attempt, version: after.version },
  });
