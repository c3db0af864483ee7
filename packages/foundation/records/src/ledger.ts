// The ledger entry (spec/ces §1.4, §6; DESIGN §4). Canonical bytes of `LedgerEntry` are what is chained and stored.
import { z } from "zod";
import { Actor } from "./actor.ts";
import { Count, Instant, Sha256Hex } from "./scalar.schema.ts";

export const EventType = z.enum([
  "approval",
  "merge",
  "invalidation",
  "exception",
  "override",
  "deployment",
  "rollback",
  "harness_change",
  "truth_change",
  "classification",
  "escalation",
  "kill_switch",
  "recovery",
  "delegation",
  "calibration",
  "state_transition",
  "sensor_run",
  "spec_authored",
  "spec_imported",
  "spec_decomposed",
  "spec_reconciled",
  "run",
  "check",
  "evidence",
  "halt",
  "proof",
]);
export type EventType = z.infer<typeof EventType>;

/** What a caller says happened; the ledger adds sequence, time and commitments. */
export const LedgerDraft = z.strictObject({
  event_type: EventType,
  actor: Actor,
  delivery_id: z.string().nullable(),
  summary: z.string().max(2000),
  decision: z.string().max(200).nullable(),
  rationale: z.string().max(4000).nullable(),
  previous_state: z.string().nullable(),
  new_state: z.string().nullable(),
  /** Ids of records that this entry is about: manifests, evidence, approvals, runs. */
  refs: z.array(z.string()),
  /** Structured facts of the event (counts, hashes); plain JSON. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type LedgerDraft = z.infer<typeof LedgerDraft>;

export const LedgerEntry = z.strictObject({
  schema: z.literal("ces.ledger/v1"),
  entry_id: z.string().regex(/^AE-[0-9a-f]{12}$/),
  seq: z.number().int().min(1),
  project_id: z.string(),
  recorded_at: Instant,
  ...LedgerDraft.shape,
  /** Hash over the snapshot, effects and rows that were committed with this entry (S32). */
  commits_to: Sha256Hex,
  /** Count and chain value of the trail (meter, decision and lease rows) when this entry was made. */
  trail_count: Count,
  trail_mac: Sha256Hex,
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** An entry as stored: the exact bytes that were chained, and the chain value. */
export const SealedEntry = z.strictObject({
  seq: z.number().int().min(1),
  bytes: z.string(),
  prev_mac: Sha256Hex,
  mac: Sha256Hex,
  key_fingerprint: z.string(),
});
export type SealedEntry = z.infer<typeof SealedEntry>;

/** The signed head, kept outside the workspace and replaced after every commit. */
export const LedgerHead = z.strictObject({
  schema: z.literal("ces.ledger-head/v1"),
  project_id: z.string(),
  database_id: z.string(),
  count: Count,
  mac: Sha256Hex,
  /** Key of the first entry, and of the next one. */
  first_key_fingerprint: z.string(),
  key_fingerprint: z.string(),
  trail_count: Count,
  trail_mac: Sha256Hex,
  /** How many rows each table of state holds: a deleted row is missed at the next start. */
  rows: z.strictObject({ snapshots: Count, effects: Count, effects_done: Count, records: Count }),
  at: Instant,
});
export type LedgerHead = z.infer<typeof LedgerHead>;
/**
 * A head and what holds it: `mac` under the ledger key of `head.key_fingerprint`, made anew after every commit, and the
 * project's Ed25519 signature over which key that may be (project, database, first and current key), made once per key.
 */
export const SignedHead = z.strictObject({
  head: LedgerHead,
  mac: Sha256Hex,
  signature: z.string(),
  key_id: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;
