// The oracle against the values that were measured on the reference, and the one thing it does better: ties.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { consultOracle, decisionTable } from "../src/index.ts";

interface Vector {
  readonly text: string;
  readonly score: number;
  readonly action: string;
  readonly top_rule: number;
  readonly matched_rule: number | null;
}
const { vectors }: { vectors: readonly Vector[] } = JSON.parse(
  readFileSync(new URL("./vectors/oracle.json", import.meta.url), "utf8"),
);

describe("the measured vectors", () => {
  test("there are eighteen", () => expect(vectors).toHaveLength(18));
  test.each(vectors)("$text", ({ text, score, action, top_rule, matched_rule }) => {
    const answer = consultOracle(text);
    expect({
      score: Math.round(answer.confidence * 1e4) / 1e4,
      action: answer.action,
      top: answer.top_matches[0]?.rule,
      matched: answer.matched?.rule ?? null,
    }).toEqual({
      score,
      action,
      top: top_rule,
      matched: matched_rule,
    });
    expect(answer.top_matches).toHaveLength(3);
  });
});

describe("ties", () => {
  test("a request that two rows fit goes to the stricter one", () => {
    expect(consultOracle("Change database schema").matched).toMatchObject({ rule: 9, risk_tier: "A" });
    expect(consultOracle("Add a new API endpoint").matched).toMatchObject({ rule: 3, risk_tier: "A" });
  });
  test("every row is reachable by its own words", () => {
    for (const row of decisionTable)
      expect(consultOracle(row.text)).toMatchObject({ confidence: 1, action: "auto_accept", matched: row });
  });
});

test("the table has 38 rows, numbered in order", () =>
  expect(decisionTable.map(({ rule }) => rule)).toEqual(Array.from({ length: 38 }, (_, index) => index + 1)));
