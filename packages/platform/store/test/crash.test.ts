// A process may die at any moment: what it leaves is whole, verifies, and is gone on from.
import { appendFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rotationDraft, verifyLedger } from "@ces/ledger";
import { testDraft } from "@ces/ledger/testing";
import { openAudit } from "../src/audit-reader.ts";
import { advance, DELIVERY, driver, openStore, projectAt, remove, scratch, step } from "./project.ts";
import { bundleDriver, drive, dropDriver, endAll } from "./child.ts";

beforeAll(bundleDriver);
afterAll(dropDriver);

let directory: string;
beforeEach(() => {
  directory = scratch();
  mkdirSync(join(directory, "boxes"), { mode: 0o711 });
});
afterEach(() => {
  endAll();
  remove(directory);
});

function audit(at = directory) {
  const { parts, place } = projectAt(at);
  const reader = openAudit(place);
  try {
    return verifyLedger(parts, reader);
  } finally {
    reader.close();
  }
}

describe("a driver killed in the middle of its commits", () => {
  it("never leaves half a step, 50 times", async () => {
    const kills = async (at: string): Promise<void> => {
      mkdirSync(join(at, "boxes"), { recursive: true, mode: 0o711 });
      for (let i = 0; i < 25; i += 1) {
        const child = drive("forever", at);
        expect(await child.line()).toMatchObject({ kind: "held" });
        await new Promise((resolve) => setTimeout(resolve, (i * 7) % 23));
        await child.kill();
        const store = openStore(projectAt(at).place);
        const version = store.snapshot(DELIVERY)?.version ?? 0;
        expect([store.entryCount(), store.records("run").length, store.records("decision").length]).toEqual([
          version,
          version,
          version,
        ]);
        expect(store.pendingEffects(DELIVERY)).toHaveLength(version > 0 ? 1 : 0);
        store.close();
        expect(audit(at)).toMatchObject({ kind: "valid", count: version });
      }
    };
    const other = scratch();
    try {
      await Promise.all([kills(directory), kills(other)]);
    } finally {
      remove(other);
    }
  });
});

describe("a head that lags behind its database", () => {
  const fill = () => {
    const store = openStore(projectAt(directory).place);
    const fence = store.grantFence(DELIVERY, driver);
    advance(store, fence);
    return { store, fence };
  };

  it("is caught up when the tail holds", () => {
    const { store, fence } = fill();
    cpSync(join(directory, "head.json"), join(directory, "old-head"));
    advance(store, fence);
    store.commit(step({ rows: [{ kind: "meter", id: "m-1", delivery_id: null, body: {} }] }));
    store.close();
    cpSync(join(directory, "old-head"), join(directory, "head.json"));
    const again = openStore(projectAt(directory).place);
    expect(again.entryCount()).toBe(2);
    again.close();
    expect(audit()).toMatchObject({ kind: "valid", count: 2, trail_count: 4 });
  });

  it("is written by a crash between the two halves of a key rotation too", () => {
    const { store } = fill();
    const { keys, parts } = projectAt(directory);
    const next = keys.ledger.makeNext();
    store.close();
    // First half only: the key is on disk, no entry names it.
    const before = openStore(projectAt(directory).place);
    before.commit(step({ entries: [testDraft()] }));
    cpSync(join(directory, "head.json"), join(directory, "old-head"));
    const rotation = {
      project_id: parts.project_id,
      old_fingerprint: keys.ledger.first.fingerprint,
      new_fingerprint: next.fingerprint,
    };
    before.close();
    const after = openStore(projectAt(directory).place);
    after.commit(
      step({ entries: [rotationDraft(rotation, parts.signer, { id: "ada", kind: "human", proof: "tty" })] }),
    );
    after.close();
    // Second half without its head.
    cpSync(join(directory, "old-head"), join(directory, "head.json"));
    const again = openStore(projectAt(directory).place);
    again.commit(step({ entries: [testDraft()] }));
    again.close();
    expect(audit()).toMatchObject({ kind: "valid", count: 4 });
    const reader = openAudit(projectAt(directory).place);
    expect([...reader.entries].map((entry) => entry.key_fingerprint === next.fingerprint)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    reader.close();
  });

  it("does not excuse a write-ahead log that was cut or filled up", () => {
    fill().store.close();
    appendFileSync(join(directory, "state.db-wal"), Buffer.alloc(5000, 1), { mode: 0o600 });
    expect(audit()).toMatchObject({ kind: "valid", count: 1 });
  });
});

describe("several processes at once", () => {
  it("append one chain", async () => {
    const children = [1, 2, 3].map(() => drive("append", directory));
    expect(await Promise.all(children.map((child) => child.line()))).toEqual([
      { done: true },
      { done: true },
      { done: true },
    ]);
    expect(audit()).toMatchObject({ kind: "valid", count: 120 });
    openStore(projectAt(directory).place).close();
  });
});
