// The whole promise of DESIGN §3 about a delivery that was killed and continued, as one assertion.
import { expect } from "vitest";
import type { ReplayShop } from "./replay-shop.ts";
import { countKinds, leftBoxes, readStored, type Stored } from "./stored.ts";

/** Merged exactly once, nothing done twice, nothing left behind, the record whole. `interrupted`: attempts that CES lost. */
export async function expectMergedOnce(shop: ReplayShop, interrupted: number): Promise<Stored> {
  const stored = readStored(shop.stateDir());
  expectOneCommit(shop);
  expectRecordedOnce(stored, interrupted);
  expect(leftBoxes(shop.stateDir(), stored)).toEqual([]);
  const verified = await shop.ces(["audit", "verify"]);
  expect({ code: verified.code, stdout: verified.stdout }).toMatchObject({ code: 0 });
  return stored;
}

function expectOneCommit({ git }: ReplayShop): void {
  expect(git("log", "--format=%s").trim().split("\n")).toEqual(["Greet people by name", "base"]);
  expect(git("log", "-1", "--format=%B")).toMatch(/CES-Manifest: .*\nCES-Evidence: .*\nCES-Approved-By: tester/);
  expect(git("diff", "--name-only", "HEAD^", "HEAD").trim().split("\n")).toEqual([
    "src/greet.js",
    "test/greet.test.js",
  ]);
  expect(git("status", "--porcelain")).toBe("");
}

function expectRecordedOnce(stored: Stored, interrupted: number): void {
  const once = {
    brief: 1,
    classification: 1,
    manifest: 1,
    candidate: 1,
    evidence: 1,
    review_route: 1,
    review: 1,
    triage: 1,
    approval: 1,
    merge: 1,
    check: 2,
  };
  expect(countKinds(stored)).toMatchObject(once);
  expect(stored.snapshot).toMatchObject({ state: "merged", attempt: interrupted + 1, retry_count: 0 });
  const outcomes = implementing(stored, "run").map(({ body }) => body["outcome"]);
  expect(outcomes).toEqual([...Array.from({ length: interrupted }, () => "interrupted"), "completed"]);
  const steps = stored.steps.filter((name) => name !== "attempt_interrupted" && name !== "run_interrupted");
  expect(steps).toEqual([...new Set(steps)]);
  expect(stored.steps.length - steps.length).toBe(interrupted);
  expect(stored.done).toBe(stored.effects.length);
  const effects = stored.effects.filter((name) => name !== "run_agent");
  expect(effects).toEqual([...new Set(effects)]);
  expect(stored.effects.length - effects.length).toBe(interrupted + 1);
}

/** Attempts under way when the last driver died: started, and their end is not recorded. */
export function lostAttempts(shop: ReplayShop): number {
  const stored = readStored(shop.stateDir());
  const ended = new Set(stored.records.filter(({ kind }) => kind === "run").map(({ id }) => id));
  return implementing(stored, "run_started").filter(({ id }) => !ended.has(id)).length;
}

const implementing = (stored: Stored, kind: string): Stored["records"] =>
  stored.records.filter(
    (row) => row.kind === kind && JSON.stringify(row.body["order"]).includes('"purpose":"implement"'),
  );
