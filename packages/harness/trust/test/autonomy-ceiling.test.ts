// The 36 cells of spec/ces §4.2, one by one, and what happens outside of them.
import { expect, test } from "vitest";
import type { BehaviorConfidence, RiskTier, TrustStatus } from "@ces/records";
import { autonomyCeiling, minimumGate, strictestGate, trustView } from "../src/index.ts";

// Rows: confidence and trust; columns: tier A, B, C.
const table = `
BC1 trusted      hybrid hybrid agent
BC1 candidate    hybrid hybrid hybrid
BC1 watch        hybrid hybrid hybrid
BC1 constrained  human  human  human
BC2 trusted      human  hybrid hybrid
BC2 candidate    human  hybrid hybrid
BC2 watch        human  hybrid hybrid
BC2 constrained  human  human  human
BC3 trusted      human  human  human
BC3 candidate    human  human  human
BC3 watch        human  human  human
BC3 constrained  human  human  human`;

const cells = table
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [confidence, trust, ...gates] = line.split(/\s+/);
    return gates.map((gate, index) => ({
      confidence: confidence as BehaviorConfidence,
      trust: trust as TrustStatus,
      tier: (["A", "B", "C"] as const)[index] as RiskTier,
      gate,
    }));
  });

test("there are 36 cells", () => expect(cells).toHaveLength(36));
test.each(cells)("$confidence, $trust, tier $tier: $gate", ({ confidence, trust, tier, gate }) =>
  expect(autonomyCeiling(confidence, tier, trust)).toBe(gate),
);

test.each([
  ["BC9", "C", "trusted"],
  ["BC1", "D", "trusted"],
  ["BC1", "C", "blessed"],
  ["constructor", "name", "length"],
  ["BC1", "toString", "trusted"],
])("unknown %s %s %s needs a human", (confidence, tier, trust) =>
  expect(autonomyCeiling(confidence as BehaviorConfidence, tier as RiskTier, trust as TrustStatus)).toBe("human"),
);

test("the minimum of a manifest: A or BC3 human, B hybrid, else agent", () => {
  expect([minimumGate("A", "BC1"), minimumGate("C", "BC3"), minimumGate("B", "BC2"), minimumGate("C", "BC2")]).toEqual([
    "human",
    "human",
    "hybrid",
    "agent",
  ]);
});

test("the strictest gate wins, whatever the order", () => {
  expect([strictestGate([]), strictestGate(["human", "agent"]), strictestGate(["agent", "hybrid"])]).toEqual([
    "agent",
    "human",
    "hybrid",
  ]);
});

test("everybody is a candidate", () =>
  expect(trustView("claude")).toEqual({ agent: "claude", status: "candidate", basis: "no history is kept yet" }));
