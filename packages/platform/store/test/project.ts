// A scratch project for the store's tests: real files, real keys, the real ledger.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { openKeys, type ProjectKeys } from "@ces/keys";
import { ledgerSealer, type SealerParts } from "@ces/ledger";
import { testDraft } from "@ces/ledger/testing";
import type { StepCommit } from "@ces/ports";
import type { DeliverySnapshot } from "@ces/records";
import { openStore, type OpenStore, type StorePlace } from "../src/open-store.ts";

export const systemClock = {
  now: () => new Date().toISOString(),
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

export type Project = {
  readonly directory: string;
  readonly place: StorePlace;
  readonly parts: SealerParts;
  readonly keys: ProjectKeys;
};

/** Where the store of a state folder is; keys are read from it or made. */
export function projectAt(
  directory: string,
  given: { readonly project_id?: string; readonly hmac_secret?: string } = {},
): Project {
  const keys = openKeys(directory, { hmac_secret: given.hmac_secret });
  const parts = {
    crypto: nodeCrypto,
    random: randomBytes,
    project_id: given.project_id ?? "p".repeat(32),
    keys: keys.ledger,
    signer: keys.signer,
    ring: keys.ring,
  };
  const place = {
    file: join(directory, "state.db"),
    head_file: join(directory, "head.json"),
    sealer: ledgerSealer(parts),
    clock: systemClock,
    random: randomBytes,
  };
  return { directory, place, parts, keys };
}

export function scratch(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), "ces-store-"));
}

export function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

export const DELIVERY = "D-0123456789ab";

export function snapshot(version: number, given: Partial<DeliverySnapshot> = {}): DeliverySnapshot {
  return {
    delivery_id: DELIVERY,
    version,
    request: "add a shop",
    state: "drafting",
    review_state: null,
    attempt: 1,
    retry_count: 0,
    max_retries: 3,
    runtime: "claude",
    brief_id: null,
    manifest_id: null,
    manifest_hash: null,
    candidate_tree: null,
    evidence_id: null,
    approval_id: null,
    merged_commit: null,
    blockers: [],
    demo: false,
    created_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
    ...given,
  };
}

export function step(given: Partial<StepCommit> = {}): StepCommit {
  return {
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [],
    effects: [],
    effects_done: [],
    rows: [],
    ...given,
  };
}

/** One more version of the delivery, with an entry, an effect and a record. */
export function advance(store: OpenStore, fence: number): void {
  const before = store.snapshot(DELIVERY)?.version ?? null;
  const version = (before ?? 0) + 1;
  const effect_id = version.toString(16).padStart(64, "0");
  const result = store.commit(
    step({
      delivery_id: DELIVERY,
      expected_version: before,
      fence,
      snapshot: snapshot(version),
      entries: [testDraft({ delivery_id: DELIVERY, summary: `version ${version}` })],
      effects: [{ effect_id, delivery_id: DELIVERY, name: "spawn", attempt: 1, state: "queued", input: "{}" }],
      effects_done: version > 1 ? [(version - 1).toString(16).padStart(64, "0")] : [],
      rows: [
        { kind: "run", id: `R-${version}`, delivery_id: DELIVERY, body: { version } },
        { kind: "decision", id: `R-${version}/1`, delivery_id: DELIVERY, body: { verdict: "allow" } },
      ],
    }),
  );
  if (result.kind !== "committed") throw new Error(`${result.code} ${result.detail}`);
}

export const driver = { pid: process.pid, who: "test", since: "2026-01-01T00:00:00.000Z" };
export { openStore };
