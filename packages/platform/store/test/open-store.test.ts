import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDraft } from "@ces/ledger/testing";
import { advance, DELIVERY, driver, openStore, projectAt, remove, scratch, snapshot, step } from "./project.ts";

let directory: string;
beforeEach(() => {
  directory = scratch();
});
afterEach(() => remove(directory));

describe("openStore", () => {
  it("remembers a step whole, also in the next process", () => {
    const { place } = projectAt(directory);
    const store = openStore(place);
    const fence = store.grantFence(DELIVERY, driver);
    advance(store, fence);
    advance(store, fence);
    store.close();
    const again = openStore(projectAt(directory).place);
    expect(again.snapshot(DELIVERY)).toEqual(snapshot(2));
    expect(again.deliveries(10)).toEqual([snapshot(2)]);
    expect(again.record("run", "R-1")).toMatchObject({ kind: "run", id: "R-1", delivery_id: DELIVERY, body: { version: 1 } });
    expect(again.records("decision", { delivery_id: DELIVERY }).map((row) => row.id)).toEqual(["R-1/1", "R-2/1"]);
    expect(again.pendingEffects(DELIVERY).map((effect) => effect.name)).toEqual(["spawn"]);
    expect(again.entries({ delivery_id: DELIVERY, newest_first: true, limit: 1 }).map((entry) => entry.seq)).toEqual([2]);
    expect(again.entryCount()).toBe(2);
    expect(again.leaseOf(DELIVERY)).toEqual({ ...driver, fence });
    again.close();
  });

  it("takes an entry alone, and refuses state without an entry", () => {
    const store = openStore(projectAt(directory).place);
    expect(store.commit(step({ entries: [testDraft()] }))).toEqual({ kind: "committed", version: 0, seq: 1 });
    const row = { kind: "halt", id: "H-1", delivery_id: null, body: { halted: true } } as const;
    expect(() => store.commit(step({ rows: [row] }))).toThrow(expect.objectContaining({ code: "STORE_UNCOVERED" }));
    expect(store.record("halt", "H-1")).toBeUndefined();
    store.close();
  });
});
