// After a budget ended a run, the person is told the option that gives more of that budget.
import { defaultBudgets } from "@ces/manifest";
import type { RunOutcome } from "@ces/records";
import { expect, test } from "vitest";
import { largerBudget } from "../src/box/spent.ts";

const budgets = { ...defaultBudgets, tokens: 1000, requests: 10, wall_seconds: 60, cost_microusd: 500_000 };

test.each<readonly [RunOutcome, Partial<typeof budgets>, string | null]>([
  ["budget_spent", { tokens: 40, requests: 9 }, "--token-budget 2000"],
  ["budget_spent", { tokens: 900, requests: 0 }, "--request-budget 20"],
  ["budget_spent", { tokens: 900, requests: 9, cost_microusd: 10 }, "--cost-budget 1"],
  ["timed_out", {}, "--time-budget 120"],
  ["idle", {}, null],
  ["completed", { tokens: 0 }, null],
])("%s with %j left", (outcome, left, option) => {
  expect(largerBudget(outcome, budgets, { ...budgets, ...left })).toBe(option);
});
