// What an entry commits to: every row of state that was stored with it (S32). A row without its entry is not believed.
import { hashJson, sha256Hex, type Crypto, type Json } from "@ces/kernel";
import type { CommitParts } from "@ces/ports";
import { COMMIT_DOMAIN } from "./domains.ts";

/** A commit that stores no row of state. */
export const NO_PARTS: CommitParts = { snapshots: [], effects: [], effects_done: [], records: [] };

/** What an entry commits to that stores no row; `commitsTo` of nothing, held by a test. */
export const NO_PARTS_HASH = "f9333e1e87563efe790bac2cb0bde8c801dae72adfef492f14c030c5900d0900";

/** Lower-case hex hash over all columns of all rows of one commit, bodies by their hash. Row order is row number. */
export function commitsTo(crypto: Pick<Crypto, "sha256">, parts: CommitParts): string {
  if (isEmpty(parts)) return NO_PARTS_HASH;
  return hashParts(crypto, parts);
}

/** `commitsTo` without the shortcut. */
export function hashParts(crypto: Pick<Crypto, "sha256">, parts: CommitParts): string {
  const body = (text: string): string => sha256Hex(crypto, text);
  const value: Json = {
    snapshots: parts.snapshots.map((row) => [row.n, row.delivery_id, row.version, body(row.body)]),
    effects: parts.effects.map((row) => [row.n, row.effect_id, row.delivery_id, body(row.body)]),
    effects_done: parts.effects_done.map((row) => [row.n, row.effect_id]),
    records: parts.records.map((row) => [row.n, row.kind, row.id, row.delivery_id, row.recorded_at, body(row.body)]),
  };
  return hashJson(crypto, COMMIT_DOMAIN, value);
}

function isEmpty(parts: CommitParts): boolean {
  const { snapshots, effects, effects_done, records } = parts;
  return snapshots.length + effects.length + effects_done.length + records.length === 0;
}

/** What one entry says about everything else: read from bytes whose chain value was checked. */
export type EntryClaims = {
  readonly seq: number;
  readonly commits_to: string;
  readonly trail_count: number;
  readonly trail_mac: string;
};

/** The claims of an entry's bytes; undefined when they are not an entry. */
export function entryClaims(bytes: string): EntryClaims | undefined {
  const entry = parseObject(bytes);
  if (!entry) return undefined;
  const { seq, commits_to, trail_count, trail_mac } = entry;
  if (typeof seq !== "number" || typeof commits_to !== "string") return undefined;
  if (typeof trail_count !== "number" || typeof trail_mac !== "string") return undefined;
  return { seq, commits_to, trail_count, trail_mac };
}

function parseObject(bytes: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes);
    // An object of unknown members is all that is assumed here.
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
