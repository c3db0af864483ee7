// The one way to remember. One write, one synchronous transaction; no port hands out a transaction (DESIGN §3).
import type { DeliverySnapshot, Effect, LedgerDraft, SealedEntry } from "@ces/records";
import type { Json } from "@ces/kernel";

/** Immutable records by kind. Written once under (kind, id); a second write of another body is refused. */
export type RecordKind =
  | "brief"
  | "classification"
  | "manifest"
  | "policy"
  | "run_started"
  | "run"
  | "meter"
  | "decision"
  | "receipt"
  | "candidate"
  | "check"
  | "evidence"
  | "review_route"
  | "review"
  | "triage"
  | "approval"
  | "merge"
  | "halt"
  | "halt_release"
  | "identity"
  | "question"
  | "answer"
  | "effect_result"
  | "dependency_wish"
  | "proof";

export interface StoreRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly delivery_id: string | null;
  readonly body: Json;
}

/**
 * Everything one hop changes, or nothing. `expected_version` is the version of the snapshot this step was
 * computed from (null: the delivery does not exist yet); `fence` is the token of the lease that the driver holds
 * (null only for commits that touch no delivery, such as halts and identities).
 */
export interface StepCommit {
  readonly delivery_id: string | null;
  readonly expected_version: number | null;
  readonly fence: number | null;
  readonly snapshot: DeliverySnapshot | null;
  readonly entries: readonly LedgerDraft[];
  readonly effects: readonly Effect[];
  readonly effects_done: readonly string[];
  readonly rows: readonly StoreRow[];
}

export type CommitResult =
  | { readonly kind: "committed"; readonly version: number; readonly seq: number }
  | {
      readonly kind: "refused";
      readonly code: "VERSION_CONFLICT" | "FENCE_LOST" | "RECORD_EXISTS";
      readonly detail: string;
    };

export interface StoredRow extends StoreRow {
  readonly rowid: number;
  readonly recorded_at: string;
}

/** Filters combine; all are optional. `after`/`before` are instants. */
export interface EntryQuery {
  readonly from_seq?: number;
  readonly event_type?: string;
  readonly actor?: string;
  readonly delivery_id?: string;
  readonly after?: string;
  readonly before?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly newest_first?: boolean;
}

export interface Store {
  readonly database_id: string;
  commit(step: StepCommit): CommitResult;
  snapshot(delivery_id: string): DeliverySnapshot | undefined;
  /** Newest first. */
  deliveries(limit: number): readonly DeliverySnapshot[];
  record(kind: RecordKind, id: string): StoredRow | undefined;
  /** Oldest first. */
  records(kind: RecordKind, filter?: { readonly delivery_id?: string }): readonly StoredRow[];
  /** The one that was stored last. */
  newest(kind: RecordKind): StoredRow | undefined;
  pendingEffects(delivery_id: string): readonly Effect[];
  entries(query: EntryQuery): readonly SealedEntry[];
  entryCount(): number;
  close(): void;
}

/** The right to drive one delivery: a kernel lock (dies with the process) plus a fencing token. */
export interface Lease {
  readonly delivery_id: string;
  readonly fence: number;
  release(): void;
}
export type LeaseResult =
  | { readonly kind: "held"; readonly lease: Lease }
  | {
      readonly kind: "busy";
      readonly holder: { readonly pid: number; readonly since: string; readonly who: string } | null;
    }
  /** The driver is gone but a box of the delivery is still alive; it must be killed first. */
  | { readonly kind: "box_alive" };

export interface Leases {
  acquire(delivery_id: string, who: string): LeaseResult;
  /** Keeps everybody from driving a delivery that nobody drives, until the result is called; undefined when somebody drives it. */
  holdIdle(delivery_id: string): (() => void) | undefined;
  /** Path of the file that a box of this delivery keeps locked while it lives. */
  boxLockFile(delivery_id: string): string;
}
