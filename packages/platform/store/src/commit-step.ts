// One step, whole or not at all: checks, rows, entries and head, inside one synchronous transaction (DESIGN §3).
// INVARIANT: nothing in here awaits; a transaction that spans an await commits half.
import { CesError } from "@ces/kernel";
import type { CommitParts, CommitResult, Sealed, StepCommit, TrailDraft } from "@ces/ports";
import { refresh } from "./catch-up.ts";
import { writeHead, type Opened, type Standing } from "./opened.ts";
import { prepareStep, type Prepared } from "./prepare-step.ts";
import { refuseStep, type Refusal } from "./refuse-step.ts";
import { naming } from "./store-error.ts";

const NOTHING: CommitParts = { snapshots: [], effects: [], effects_done: [], records: [] };

type Done = { readonly kind: "done"; readonly next: Standing; readonly result: CommitResult };

/** Commits a step; see the port. Throws CesError STORE_UNCOVERED for state that no entry would cover. */
export function commitStep(opened: Opened, step: StepCommit): CommitResult {
  const at = opened.clock.now();
  const done = naming(() => opened.transact(() => tryStep(opened, step, at)));
  if (done.kind === "refused") return done;
  settle(opened, done.next, at);
  return done.result;
}

/** Appends one row to the trail alone and gives its number: leases come through here. */
export function appendTrail(opened: Opened, draft: TrailDraft): number {
  const at = opened.clock.now();
  const next = naming(() =>
    opened.transact(() => {
      refresh(opened);
      const sealed = opened.sealer.seal({ head: opened.now.chain, at, drafts: [], parts: NOTHING, trail: [draft] });
      put(opened, sealed, NOTHING);
      return { chain: sealed.head, rows: opened.now.rows };
    }),
  );
  settle(opened, next, at);
  return next.chain.trail_count;
}

function tryStep(opened: Opened, step: StepCommit, at: string): Done | Refusal {
  refresh(opened);
  const refusal = refuseStep(opened, step);
  if (refusal) return refusal;
  const prepared = prepareStep(opened, step, at);
  return "kind" in prepared ? prepared : store(opened, step, { ...prepared, at });
}

// The commit is durable here; a crash before the head is written is caught up at the next open.
function settle(opened: Opened, next: Standing, at: string): void {
  for (let seq = opened.now.chain.count + 1; seq <= next.chain.count; seq += 1) opened.believed.add(seq);
  opened.now = next;
  writeHead(opened, next, at);
}

function store(opened: Opened, step: StepCommit, made: Prepared & { readonly at: string }): Done {
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
  return { kind: "done", next, result: { kind: "committed", version, seq: sealed.head.count } };
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
