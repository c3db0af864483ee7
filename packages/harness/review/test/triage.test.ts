// Reviews together, and the colour and gate that follow from everything.
import type {
  CheckRun,
  Finding,
  GateType,
  Observation,
  ReviewRoute,
  ReviewRun,
  ReviewSummary,
  RiskTier,
  TriageColor,
  TrustStatus,
} from "@ces/records";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autonomyCeiling } from "@ces/trust";
import { routeReview, stopReasons, summarizeReviews, triage, type TriageInput } from "../src/index.ts";

const finding = (severity: Finding["severity"], path: string | null = "a", category = "x"): Finding => ({
  finding_id: "1",
  source: "s",
  severity,
  category,
  path,
  line: null,
  title: "t",
  description: "",
  recommendation: "",
});
const sensor = (outcome: Observation["outcome"], findings: Finding[] = []): Observation => ({
  sensor: "s",
  outcome,
  detail: "",
  findings,
});
const check = (outcome: CheckRun["outcome"]): CheckRun => ({
  check_id: "npm-test",
  argv: ["npm", "test"],
  candidate_tree: "a".repeat(40),
  executions: [],
  outcome,
  touched: [],
  finished_at: "2026-01-01T00:00:00.000Z",
});
const quiet: ReviewSummary = {
  findings: [finding("low")],
  critical: 0,
  high: 0,
  disagreements: [],
  unanimous_zero: false,
  degraded_diversity: false,
  incomplete: false,
};
const input = (more: Partial<TriageInput> = {}): TriageInput => {
  const base = {
    risk_tier: "C",
    behavior_confidence: "BC1",
    trust_status: "trusted",
    observations: [sensor("passed")],
    checks: [check("passed")],
    reviews: quiet,
    claim_verdict: "confirmed",
    blockers: [],
    minimum_gate: "agent",
    ...more,
  } as const;
  return { ceiling: autonomyCeiling(base.behavior_confidence, base.risk_tier, base.trust_status), ...base };
};
const seen = (more: Partial<TriageInput>) => {
  const { color, required_gate } = triage(input(more));
  return [color, required_gate];
};

describe("the matrix of spec/ces §5.4, all 24 cells", () => {
  const table = `
C trusted      green  yellow
C candidate    yellow red
C watch        yellow red
C constrained  red    red
B trusted      yellow red
B candidate    yellow red
B watch        red    red
B constrained  red    red
A trusted      yellow red
A candidate    red    red
A watch        red    red
A constrained  red    red`;
  const cells = table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [tier, trust, green, other] = line.split(/\s+/);
      const cell = { tier: tier as RiskTier, trust: trust as TrustStatus };
      return [
        { ...cell, outcome: "passed" as const, color: green as TriageColor },
        { ...cell, outcome: "failed" as const, color: other as TriageColor },
      ];
    });
  test.each(cells)("tier $tier, $trust, sensors $outcome: $color", ({ tier, trust, outcome, color }) => {
    expect(triage(input({ risk_tier: tier, trust_status: trust, observations: [sensor(outcome)] }))).toMatchObject({
      color,
      sensors_green: outcome === "passed",
      risk_tier: tier,
      trust_status: trust,
    });
  });
});

test("everything clean on tier C, BC1, trusted is green and needs nobody", () => {
  expect(triage(input())).toEqual({
    color: "green",
    risk_tier: "C",
    trust_status: "trusted",
    sensors_green: true,
    reasons: [],
    required_gate: "agent",
    gate_reasons: [],
  });
});

test("the demo: tier B, BC2, a candidate, all clean: yellow and hybrid", () =>
  expect(
    seen({ risk_tier: "B", behavior_confidence: "BC2", trust_status: "candidate", minimum_gate: "hybrid" }),
  ).toEqual(["yellow", "hybrid"]));

describe("sensors that say nothing are never green", () => {
  test.each([
    ["none at all", []],
    ["a skipped one", [sensor("passed"), sensor("skipped")]],
    ["an errored one", [sensor("errored")]],
  ])("%s", (_name, observations) => expect(triage(input({ observations })).sensors_green).toBe(false));
});

describe("what only a person may pass: at best yellow, gate human", () => {
  test.each([
    ["a touched check", { checks: [check("touched")] }],
    ["the blocker of a touched check", { blockers: [{ code: "CHECK_TOUCHED", text: "t" }] }],
    ["no check", { checks: [] }],
    [
      "a grave finding of a green sensor (instruction file)",
      { observations: [sensor("passed", [finding("high", "AGENTS.md", "INSTRUCTION_FILE")])] },
    ],
    ["a critical finding of a reviewer", { reviews: { ...quiet, critical: 1 } }],
    ["a high one", { reviews: { ...quiet, high: 1 } }],
    ["an incomplete review", { reviews: { ...quiet, incomplete: true } }],
    ["no review", { reviews: null }],
  ])("%s", (_name, more) => expect(seen(more)).toEqual(["yellow", "human"]));
});

describe("red, whoever asks", () => {
  test.each([
    ["a failed check", { checks: [check("failed")] }, "the check `npm-test` failed"],
    ["a check that was not run", { checks: [check("not_run")] }, "the check `npm-test` was not run"],
    ["a contradicted claim", { claim_verdict: "contradicted" }, "the claim is contradicted"],
    ["a blocker", { blockers: [{ code: "SECRET_FOUND", text: "x" }] }, "SECRET_FOUND: x"],
    ["a blocker that nobody knows", { blockers: [{ code: "NEW_ONE", text: "x" }] }, "NEW_ONE: x"],
  ] as const)("%s", (_name, more, why) => {
    const full = input(more as Partial<TriageInput>);
    expect(triage(full).color).toBe("red");
    expect(stopReasons(full)).toEqual([why]);
  });
  test("a red of the matrix alone has no stop reasons", () => {
    const full = input({ risk_tier: "A", trust_status: "candidate" });
    expect([triage(full).color, stopReasons(full)]).toEqual(["red", []]);
  });
});

describe("gates", () => {
  test("unanimous zero raises agent to hybrid and nothing more", () => {
    expect(seen({ reviews: { ...quiet, findings: [], unanimous_zero: true } })).toEqual(["green", "hybrid"]);
    expect(seen({ risk_tier: "B", minimum_gate: "hybrid", reviews: { ...quiet, unanimous_zero: true } })[1]).toBe(
      "hybrid",
    );
  });
  test("degraded diversity needs a human on tier A or BC3 only", () => {
    const reviews = { ...quiet, degraded_diversity: true };
    expect(seen({ reviews })[1]).toBe("agent");
    expect(seen({ risk_tier: "B", reviews })[1]).toBe("hybrid");
    expect(triage(input({ risk_tier: "A", reviews })).gate_reasons).toContain(
      "human: the reviewers are not different enough",
    );
  });
  test("the minimum of tier and confidence holds even if a manifest says less", () =>
    expect(seen({ risk_tier: "A", ceiling: "agent", minimum_gate: "agent" })[1]).toBe("human"));
  test("the manifest may ask for more", () => expect(seen({ minimum_gate: "human" })[1]).toBe("human"));
  test("an unclaimed run is at best yellow", () =>
    expect(seen({ claim_verdict: "unclaimed" })).toEqual(["yellow", "agent"]));
});

const colors: readonly TriageColor[] = ["green", "yellow", "red"];
const gates: readonly GateType[] = ["agent", "hybrid", "human"];

test("law: a finding, a doubt, a blocker or a review more never lowers colour or gate", () => {
  const severity = fc.constantFrom<Finding["severity"]>("critical", "high", "medium", "low", "info");
  const summary = fc.record({
    findings: fc.constant<Finding[]>([]),
    critical: fc.nat(2),
    high: fc.nat(2),
    disagreements: fc.constant<string[]>([]),
    unanimous_zero: fc.boolean(),
    degraded_diversity: fc.boolean(),
    incomplete: fc.boolean(),
  });
  const some = fc.record({
    risk_tier: fc.constantFrom<RiskTier>("A", "B", "C"),
    behavior_confidence: fc.constantFrom<"BC1" | "BC2" | "BC3">("BC1", "BC2", "BC3"),
    trust_status: fc.constantFrom<TrustStatus>("trusted", "candidate", "watch", "constrained"),
    observations: fc.array(
      fc
        .constantFrom<Observation["outcome"]>("passed", "failed", "skipped", "errored")
        .map((outcome) => sensor(outcome)),
      { minLength: 1, maxLength: 3 },
    ),
    checks: fc.array(fc.constantFrom<CheckRun["outcome"]>("passed", "failed", "touched", "not_run").map(check), {
      minLength: 1,
      maxLength: 3,
    }),
    reviews: summary,
    claim_verdict: fc.constantFrom<TriageInput["claim_verdict"]>("confirmed", "contradicted", "unclaimed"),
    blockers: fc.array(
      fc.constantFrom("CHECK_TOUCHED", "NO_CHECKS", "SECRET_FOUND").map((code) => ({ code, text: "t" })),
      { maxLength: 2 },
    ),
    minimum_gate: fc.constantFrom<GateType>("agent", "hybrid", "human"),
  });
  const worse = fc.constantFrom<(from: TriageInput, level: Finding["severity"]) => TriageInput>(
    (from, level) => ({ ...from, observations: [...from.observations, sensor("passed", [finding(level)])] }),
    (from) => ({ ...from, observations: [...from.observations, sensor("failed")] }),
    (from) => ({ ...from, checks: [...from.checks, check("touched")] }),
    (from) => ({ ...from, checks: [...from.checks, check("failed")] }),
    (from) => ({ ...from, blockers: [...from.blockers, { code: "CHECK_TOUCHED", text: "t" }] }),
    (from) => ({ ...from, blockers: [...from.blockers, { code: "ODD_FILE", text: "t" }] }),
    (from) => ({ ...from, reviews: null }),
    (from) => ({ ...from, reviews: from.reviews && { ...from.reviews, high: from.reviews.high + 1 } }),
    (from) => ({ ...from, reviews: from.reviews && { ...from.reviews, incomplete: true } }),
    (from) => ({ ...from, claim_verdict: "contradicted" }),
    (from) => ({ ...from, minimum_gate: "human" }),
  );
  fc.assert(
    fc.property(some, worse, severity, (from, make, level) => {
      const [before, after] = [triage(input(from)), triage(make(input(from), level))];
      expect(colors.indexOf(after.color)).toBeGreaterThanOrEqual(colors.indexOf(before.color));
      expect(gates.indexOf(after.required_gate)).toBeGreaterThanOrEqual(gates.indexOf(before.required_gate));
    }),
  );
});

describe("reviews together", () => {
  const route: ReviewRoute = routeReview({
    risk_tier: "A",
    builder: { runtime: "claude", model: "x" },
    roster: ["a", "b", "c"].map((model) => ({ runtime: "claude", model })),
  });
  const run = (index: number, findings: Finding[], more: Partial<ReviewRun> = {}): ReviewRun => {
    const assignment = route.assignments[index];
    if (assignment === undefined) throw new Error("no such assignment");
    return {
      assignment,
      run_id: "R",
      outcome: "complete",
      examined: [],
      findings,
      reported_model: assignment.model,
      finished_at: "2026-01-01T00:00:00.000Z",
      ...more,
    };
  };

  test("a role that found nothing at all disagrees with one that found something grave", () => {
    const summary = summarizeReviews(
      [run(0, [finding("high", "a.js")]), run(1, []), run(2, [finding("low", "a.js"), finding("critical", "b.js")])],
      route,
    );
    expect(summary.disagreements).toEqual([
      "structural finds something grave in `a.js`, semantic nothing",
      "red_team finds something grave in `b.js`, structural nothing",
      "red_team finds something grave in `b.js`, semantic nothing",
    ]);
    expect(summary.findings.map(({ severity }) => severity)).toEqual(["critical", "high", "low"]);
    expect(summary).toMatchObject({
      critical: 1,
      high: 1,
      unanimous_zero: false,
      degraded_diversity: false,
      incomplete: false,
    });
  });
  test("nobody found anything", () =>
    expect(summarizeReviews([run(0, []), run(1, []), run(2, [])], route)).toMatchObject({
      unanimous_zero: true,
      incomplete: false,
    }));
  test("a missing, incomplete or incredible role makes it incomplete", () => {
    expect(summarizeReviews([], route)).toMatchObject({ incomplete: true, unanimous_zero: false });
    expect(summarizeReviews([run(0, []), run(1, [])], route).incomplete).toBe(true);
    expect(summarizeReviews([run(0, []), run(1, []), run(2, [], { outcome: "not_credible" })], route).incomplete).toBe(
      true,
    );
  });
  test("clients that report one model are one model, whatever was asked for", () =>
    expect(summarizeReviews([run(0, []), run(1, [], { reported_model: "a" }), run(2, [])], route)).toMatchObject({
      degraded_diversity: true,
      disagreements: ["reviewers report the same model"],
    }));
});
