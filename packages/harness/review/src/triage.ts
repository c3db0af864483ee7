// The colour of a candidate and the gate that it needs (spec/ces §5.4, §5.5; DESIGN §2). Everything here can only raise.
import { weightOf } from "@ces/evidence";
import type {
  BehaviorConfidence,
  CheckRun,
  EvidencePacket,
  GateType,
  Observation,
  Reason,
  ReviewSummary,
  RiskTier,
  Triage,
  TriageColor,
  TrustStatus,
} from "@ces/records";
import { minimumGate, strictestGate } from "@ces/trust";

/** Everything that triage looks at. `reviews` null: no review was made, which counts as incomplete. */
export interface TriageInput {
  readonly risk_tier: RiskTier;
  readonly behavior_confidence: BehaviorConfidence;
  readonly trust_status: TrustStatus;
  readonly observations: readonly Observation[];
  readonly checks: readonly CheckRun[];
  readonly reviews: ReviewSummary | null;
  readonly claim_verdict: EvidencePacket["claim_verdict"];
  readonly blockers: readonly Reason[];
  /** From `autonomyCeiling`. */
  readonly ceiling: GateType;
  /** The manifest's own minimum. */
  readonly minimum_gate: GateType;
}

type Colors = Readonly<Record<"green" | "other", TriageColor>>;
const red: Colors = { green: "red", other: "red" };
const yellow: Colors = { green: "yellow", other: "red" };

/** Tier × trust × whether all sensors are green: 24 cells. */
export const triageMatrix: Readonly<Record<RiskTier, Readonly<Record<TrustStatus, Colors>>>> = {
  C: { trusted: { green: "green", other: "yellow" }, candidate: yellow, watch: yellow, constrained: red },
  B: { trusted: yellow, candidate: yellow, watch: red, constrained: red },
  A: { trusted: yellow, candidate: red, watch: red, constrained: red },
};

/** The triage of one candidate. */
export function triage(input: TriageInput): Triage {
  const sensors_green = sensorsGreen(input.observations);
  const from = triageMatrix[input.risk_tier][input.trust_status][sensors_green ? "green" : "other"];
  const matrix = {
    color: from,
    text: `tier ${input.risk_tier}, trust ${input.trust_status}, sensors ${sensors_green ? "green" : "not green"}`,
  };
  const colors = [matrix, ...raisedColors(input)];
  const gates = [...baseGates(input), ...raisedGates(input)];
  const color = worstColor(colors.map((raise) => raise.color));
  return {
    color,
    risk_tier: input.risk_tier,
    trust_status: input.trust_status,
    sensors_green,
    reasons: colors
      .filter((raise) => raise.color !== "green")
      .map(({ color: raisedTo, text }) => `${raisedTo}: ${text}`),
    required_gate: strictestGate(gates.map(({ gate }) => gate)),
    gate_reasons: gates.filter(({ gate }) => gate !== "agent").map(({ gate, text }) => `${gate}: ${text}`),
  };
}

/**
 * What makes a candidate red whoever approves: blockers that stop, failed or missing checks, a contradicted claim.
 * Empty for a red that comes from the matrix alone, that is, from tier and trust.
 */
export function stopReasons(input: Pick<TriageInput, "blockers" | "checks" | "claim_verdict">): readonly string[] {
  return [
    ...input.blockers.filter((blocker) => weightOf(blocker) === "stops").map(({ code, text }) => `${code}: ${text}`),
    ...input.checks
      .filter(({ outcome }) => outcome === "failed" || outcome === "not_run")
      .map(({ check_id, outcome }) => `the check \`${check_id}\` ${outcome === "failed" ? "failed" : "was not run"}`),
    ...(input.claim_verdict === "contradicted" ? ["the claim is contradicted"] : []),
  ];
}

/** INVARIANT: no observation at all, a skipped one and an errored one are not green. */
function sensorsGreen(observations: readonly Observation[]): boolean {
  return observations.length > 0 && observations.every(({ outcome }) => outcome === "passed");
}

interface ColorRaise {
  readonly color: TriageColor;
  readonly text: string;
}

function raisedColors(input: TriageInput): readonly ColorRaise[] {
  return [
    ...stopReasons(input).map((text) => ({ color: "red" as const, text })),
    ...doubts(input).map((text) => ({ color: "yellow" as const, text })),
    ...(input.claim_verdict === "unclaimed"
      ? [{ color: "yellow" as const, text: "the agent did not say what it did" }]
      : []),
  ];
}

interface GateRaise {
  readonly gate: GateType;
  readonly text: string;
}

function baseGates(input: TriageInput): readonly GateRaise[] {
  return [
    {
      gate: input.ceiling,
      text: `autonomy ceiling of ${input.behavior_confidence}, tier ${input.risk_tier}, trust ${input.trust_status}`,
    },
    { gate: input.minimum_gate, text: "minimum of the manifest" },
    {
      gate: minimumGate(input.risk_tier, input.behavior_confidence),
      text: `minimum for tier ${input.risk_tier} and ${input.behavior_confidence}`,
    },
  ];
}

function raisedGates(input: TriageInput): readonly GateRaise[] {
  const strict = input.risk_tier === "A" || input.behavior_confidence === "BC3";
  return [
    ...doubts(input).map((text) => ({ gate: "human" as const, text })),
    ...(input.reviews?.degraded_diversity === true && strict
      ? [{ gate: "human" as const, text: "the reviewers are not different enough" }]
      : []),
    ...(input.reviews?.unanimous_zero === true
      ? [{ gate: "hybrid" as const, text: "no reviewer found anything at all" }]
      : []),
  ];
}

// What only a person may pass: it makes the candidate at best yellow and its gate human.
function doubts(input: TriageInput): readonly string[] {
  const grave = input.observations
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === "critical" || severity === "high");
  const touched = input.checks.filter(({ outcome }) => outcome === "touched");
  return [
    ...touched.map(({ check_id }) => `CHECK_TOUCHED: the check \`${check_id}\` cannot be believed`),
    ...input.blockers
      .filter(
        (blocker) => weightOf(blocker) === "asks_person" && !(blocker.code === "CHECK_TOUCHED" && touched.length > 0),
      )
      .map(({ code, text }) => `${code}: ${text}`),
    ...(input.checks.length === 0 && !input.blockers.some(({ code }) => code === "NO_CHECKS")
      ? ["NO_CHECKS: no check measured this change"]
      : []),
    ...grave.map(({ title, path }) => `${title}${path === null ? "" : ` (\`${path}\`)`}`),
    ...reviewDoubts(input.reviews),
  ];
}

function reviewDoubts(reviews: ReviewSummary | null): readonly string[] {
  if (reviews === null) return ["nobody reviewed it"];
  const grave = reviews.critical + reviews.high;
  return [
    ...(grave > 0 ? [`reviewers report ${grave} critical or high findings`] : []),
    ...(reviews.incomplete ? ["a required review is missing or incomplete"] : []),
  ];
}

const colorOrder: readonly TriageColor[] = ["green", "yellow", "red"];

function worstColor(colors: readonly TriageColor[]): TriageColor {
  return colors.reduce<TriageColor>(
    (worst, color) => (colorOrder.indexOf(color) > colorOrder.indexOf(worst) ? color : worst),
    "green",
  );
}
