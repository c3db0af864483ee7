// One step, whole or not at all: checks, rows, entries and head, inside one synchronous transaction (DESIGN §3).
// INVARIANT: nothing in here awaits; a transaction that spans an await commits half.
import { canonicalize, CesError, type Json } from "@ces/kernel";
import type { CommitParts, CommitResult, Sealed, StepCommit, StoreRow, TrailDraft } from "@ces/ports";
import type { DeliverySnapshot, Effect } from "@ces/records";
import { refresh } from "./catch-up.ts";
import { writeHead, type Opened, type Standing } from "./opened.ts";
import { naming } from "./store-error.ts";

/** Kinds that go into the trail: many per run, chained by themselves, covered by the run's entry. */
const TRAIL_KINDS: ReadonlySet<string> = new Set(["meter", "decision"]);

type Refusal = Extract<CommitResult, { readonly kind: "refused" }>;
type Prepared = { readonly parts: CommitParts; readonly trail: readonly TrailDraft[] };

/** Commits a step; see the port. Throws CesError STORE_UNCOVERED for state that no entry would cover. */
export function commitStep(opened: Opened, step: StepCommit): CommitResult {
  const at = opened.clock.now();
  const result = naming(() =>
    opened.connection
      .transaction((): { readonly next: Standing; readonly result: CommitResult } | Refusal => {
        refresh(opened);
        const refusal = refuseStep(opened, step);
        if (refusal) return refusal;
        const prepared = prepare(opened, step, at);
        if ("kind" in prepared) return prepared;
        return store(opened, step, { ...prepared, at });
      })
      .immediate(),
  );
  if ("kind" in result) return result;
  settle(opened, result.next, at);
  return result.result;
}

/** Appends rows to the trail alone: meter and decision rows come through `commitStep`, leases through here. */
export function appendTrail(opened: Opened, draft: TrailDraft): number {
  const at = opened.clock.now();
  const next = naming(() =>
    opened.connection
      .transaction(() => {
        refresh(opened);
        const parts = { snapshots: [], effects: [], effects_done: [], records: [] };
        const sealed = opened.sealer.seal({ head: opened.now.chain, at, drafts: [], parts, trail: [draft] });
        put(opened, sealed, parts);
        return { chain: sealed.head, rows: opened.now.rows };
      })
      .immediate(),
  );
  settle(opened, next, at);
  return next.chain.trail_count;
}

// The commit is durable here; a crash before the head is written is caught up at the next open.
function settle(opened: Opened, next: Standing, at: string): void {
  for (let seq = opened.now.chain.count + 1; seq <= next.chain.count; seq += 1) opened.believed.add(seq);
  opened.now = next;
  writeHead(opened, next, at);
}

function store(
  opened: Opened,
  step: StepCommit,
  made: Prepared & { readonly at: string },
): { readonly next: Standing; readonly result: CommitResult } {
  const { parts, trail, at } = made;
  const stored = parts.snapshots.length + parts.effects.length + parts.effects_done.length + parts.records.length;
  if (stored > 0 && step.entries.length === 0)
    throw new CesError("STORE_UNCOVERED", "a step stores state without a ledger entry that commits to it");
  const sealed = opened.sealer.seal({ head: opened.now.chain, at, drafts: step.entries, parts, trail });
  put(opened, sealed, parts);
  const { rows } = opened.now;
  const next: Standing = {
    chain: sealed.head,
    rows: {
      snapshots: rows.snapshots + parts.snapshots.length,
      effects: rows.effects + parts.effects.length,
      effects_done: rows.effects_done + parts.effects_done.length,
      records: rows.records + parts.records.length,
    },
  };
  const version = step.snapshot?.version ?? step.expected_version ?? 0;
  return { next, result: { kind: "committed", version, seq: sealed.head.count } };
}

function put(opened: Opened, sealed: Sealed, parts: CommitParts): void {
  const { statements } = opened;
  const seq = sealed.head.count;
  for (const row of sealed.trail) statements.putTrail.run({ ...row });
  for (const entry of sealed.entries) statements.putEntry.run({ ...entry });
  for (const row of parts.snapshots) statements.putSnapshot.run({ ...row, seq });
  for (const row of parts.effects) statements.putEffect.run({ ...row, seq });
  for (const row of parts.effects_done) statements.putDone.run({ ...row, seq });
  for (const row of parts.records) statements.putRecord.run({ ...row, seq });
}

function refuseStep(opened: Opened, step: StepCommit): Refusal | undefined {
  const ids = [step.snapshot, ...step.effects, ...step.rows].flatMap((part) =>
    part?.delivery_id == null ? [] : [part.delivery_id],
  );
  const foreign = ids.find((id) => id !== step.delivery_id);
  if (foreign !== undefined)
    return refused("FENCE_LOST", `a step of \`${step.delivery_id ?? "no delivery"}\` touches \`${foreign}\``);
  if (step.delivery_id === null) return undefined;
  return refuseFence(opened, step.delivery_id, step.fence) ?? refuseVersion(opened, step.delivery_id, step);
}

function refuseFence(opened: Opened, delivery_id: string, fence: number | null): Refusal | undefined {
  const current = opened.statements.lease.get({ delivery_id })?.n;
  if (current !== undefined && current === fence) return undefined;
  return refused(
    "FENCE_LOST",
    `the lease of \`${delivery_id}\` is ${current ?? "not taken"}, this driver holds ${fence ?? "none"}`,
  );
}

function refuseVersion(opened: Opened, delivery_id: string, step: StepCommit): Refusal | undefined {
  const current = opened.statements.snapshot.get({ delivery_id })?.version ?? null;
  if (step.snapshot === null && step.expected_version === null) return undefined;
  if (current !== step.expected_version)
    return refused(
      "VERSION_CONFLICT",
      `\`${delivery_id}\` stands at version ${current ?? "none"}, not ${step.expected_version ?? "none"}`,
    );
  if (step.snapshot === null || current === null || step.snapshot.version === current + 1) return undefined;
  return refused("VERSION_CONFLICT", `version ${step.snapshot.version} does not follow ${current}`);
}

// What is stored already, with the same body, is left out: a step that is played again changes nothing.
function prepare(opened: Opened, step: StepCommit, at: string): Prepared | Refusal {
  const records: StoreRow[] = [];
  const trail: TrailDraft[] = [];
  for (const row of step.rows) {
    const isTrail = TRAIL_KINDS.has(row.kind);
    const body = text(row.body);
    const lookup = isTrail ? opened.statements.trailRecord : opened.statements.record;
    const old = lookup.get({ kind: row.kind, id: row.id });
    if (old && (old.body !== body || old.delivery_id !== row.delivery_id))
      return refused("RECORD_EXISTS", `${row.kind} \`${row.id}\` is stored with another body`);
    if (old) continue;
    if (isTrail) trail.push({ kind: row.kind, id: row.id, delivery_id: row.delivery_id, body });
    else records.push(row);
  }
  const effects = newEffects(opened, step);
  if ("kind" in effects) return effects;
  return { parts: number(opened, step, { at, records, effects }), trail };
}

function newEffects(opened: Opened, step: StepCommit): StepCommit["effects"] | Refusal {
  const fresh: StepCommit["effects"][number][] = [];
  for (const effect of step.effects) {
    const old = opened.statements.effect.get({ effect_id: effect.effect_id });
    if (!old) fresh.push(effect);
    else if (old.body !== text(effect))
      return refused("RECORD_EXISTS", `effect \`${effect.effect_id}\` is stored with another body`);
  }
  const unknown = step.effects_done.find((id) => {
    const owner = opened.statements.effect.get({ effect_id: id })?.delivery_id;
    return owner !== step.delivery_id && !fresh.some((effect) => effect.effect_id === id);
  });
  return unknown === undefined ? fresh : refused("RECORD_EXISTS", `effect \`${unknown}\` is not one of this delivery`);
}

type Chosen = { readonly at: string; readonly records: readonly StoreRow[]; readonly effects: StepCommit["effects"] };

function number(opened: Opened, step: StepCommit, chosen: Chosen): CommitParts {
  const { rows } = opened.now;
  const done = [...new Set(step.effects_done)].filter((effect_id) => !opened.statements.done.get({ effect_id }));
  return {
    snapshots: step.snapshot
      ? [
          {
            n: rows.snapshots + 1,
            delivery_id: step.snapshot.delivery_id,
            version: step.snapshot.version,
            body: text(step.snapshot),
          },
        ]
      : [],
    effects: chosen.effects.map((effect, i) => ({
      n: rows.effects + 1 + i,
      effect_id: effect.effect_id,
      delivery_id: effect.delivery_id,
      body: text(effect),
    })),
    effects_done: done.map((effect_id, i) => ({ n: rows.effects_done + 1 + i, effect_id })),
    records: chosen.records.map((row, i) => ({
      n: rows.records + 1 + i,
      kind: row.kind,
      id: row.id,
      delivery_id: row.delivery_id,
      body: text(row.body),
      recorded_at: chosen.at,
    })),
  };
}

// Records are plain JSON by their schemas; an undefined member is refused by `canonicalize`.
function text(value: Json | DeliverySnapshot | Effect): string {
  return canonicalize(value as Json, "rfc8785");
}

function refused(code: Refusal["code"], detail: string): Refusal {
  return { kind: "refused", code, detail };
}
