// Who reviews: three different models for tier A if there are three, a raised flag if there are not.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeReview, type RosterEntry } from "../src/index.ts";

const claude = (model: string): RosterEntry => ({ runtime: "claude", model });
const codex = (model: string): RosterEntry => ({ runtime: "codex", model });
const models = (tier: "A" | "B" | "C", builder: RosterEntry, roster: RosterEntry[]) => {
  const route = routeReview({ risk_tier: tier, builder, roster });
  return { models: route.assignments.map(({ role, model }) => `${role} ${model}`), degraded: route.degraded_diversity };
};

describe("tier A", () => {
  test("three roles on three models that are not the builder’s", () => {
    expect(models("A", claude("sonnet"), [claude("sonnet"), claude("haiku"), codex("gpt"), claude("opus")])).toEqual({
      models: ["structural haiku", "semantic gpt", "red_team opus"],
      degraded: false,
    });
  });
  test("the reference’s default roster of three works, degraded", () => {
    expect(models("A", claude("sonnet"), [claude("sonnet"), claude("haiku"), codex("gpt")])).toEqual({
      models: ["structural haiku", "semantic gpt", "red_team haiku"],
      degraded: true,
    });
  });
  test("with nobody else the builder’s model looks again", () =>
    expect(models("A", claude("m"), [])).toEqual({
      models: ["structural m", "semantic m", "red_team m"],
      degraded: true,
    }));
  test("one model under two names of runtimes is one model", () =>
    expect(models("A", claude("x"), [claude("m"), codex("m")]).degraded).toBe(true));
});

test.each(["B", "C"] as const)("tier %s: one structural reviewer", (tier) => {
  expect(models(tier, claude("sonnet"), [claude("sonnet"), codex("gpt")])).toEqual({
    models: ["structural gpt"],
    degraded: false,
  });
  expect(models(tier, claude("sonnet"), [claude("sonnet")])).toEqual({ models: ["structural sonnet"], degraded: true });
});

test("law: every required role is assigned; undegraded means different models, none the builder’s", () => {
  const entry = fc.record({
    runtime: fc.constantFrom<RosterEntry["runtime"]>("claude", "codex"),
    model: fc.constantFrom("a", "b", "c", "d", "e"),
  });
  fc.assert(
    fc.property(
      fc.constantFrom<"A" | "B" | "C">("A", "B", "C"),
      entry,
      fc.array(entry),
      (risk_tier, builder, roster) => {
        const route = routeReview({ risk_tier, builder, roster });
        expect(route.assignments.map(({ role }) => role)).toEqual(route.required_roles);
        const used = route.assignments.map(({ model }) => model);
        if (!route.degraded_diversity)
          expect([new Set(used).size, used.includes(builder.model)]).toEqual([used.length, false]);
        expect(route.notes.length > 0).toBe(route.degraded_diversity);
      },
    ),
  );
});
