// What of a step is new, numbered for its tables. What is stored already, with the same body, is left out: a step that is
// played again changes nothing.
import { canonicalize, type Json } from "@ces/kernel";
import type { CommitParts, StepCommit, StoreRow, TrailDraft } from "@ces/ports";
import type { DeliverySnapshot, Effect } from "@ces/records";
import type { Opened } from "./opened.ts";
import { refused, type Refusal } from "./refuse-step.ts";

/** Kinds that go into the trail: many per run, chained by themselves, covered by the run's entry. */
export const TRAIL_KINDS: ReadonlySet<string> = new Set(["meter", "decision", "receipt"]);

/** Rows of state and rows of the trail, ready to be sealed. */
export type Prepared = { readonly parts: CommitParts; readonly trail: readonly TrailDraft[] };

/** Sorts and numbers the rows of a step; refuses a second body under a known id. */
export function prepareStep(opened: Opened, step: StepCommit, at: string): Prepared | Refusal {
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
