// The classification before the run: what the words of the request and the named paths say. Fixed before there is a
// diff, so it is only a first guess; `reclassify` raises it on the frozen delta (S20).
import type { Classification, Hazard } from "@ces/records";
import { raiseTo, type Axes } from "./axes.ts";
import { wordHazards } from "./find-words.ts";
import { consultOracle, type OracleAnswer } from "./oracle.ts";
import { pathHazards } from "./find-paths.ts";

/** Who asks decides what an unknown kind of change is taken for (spec/ces §3.3). */
export type ClassifyCaller = "build" | "manifest";

/** What is to be classified. `paths` are file paths or globs that the person named. */
export interface ClassifyInput {
  readonly request: string;
  readonly paths?: readonly string[];
  readonly caller: ClassifyCaller;
  /** What the caller knows of the change by itself, whatever words say. */
  readonly known?: readonly Hazard[];
  readonly classifier_id: string;
  /** ISO instant. */
  readonly at: string;
}

/** The point on the axes for a request that resembles no row. */
export const defaultAxes: Readonly<Record<ClassifyCaller, Axes>> = {
  build: { risk_tier: "B", behavior_confidence: "BC2", change_class: "Class 2" },
  manifest: { risk_tier: "A", behavior_confidence: "BC3", change_class: "Class 5" },
};

/** Oracle or default, then raised by every hazard of words and paths. The request is untrusted: hazards never lower. */
export function classify(input: ClassifyInput): Classification {
  const oracle = consultOracle(input.request);
  const hazards = [...(input.known ?? []), ...wordHazards(input.request), ...(input.paths ?? []).flatMap(pathHazards)];
  const axes = raiseTo(oracle.matched ?? defaultAxes[input.caller], hazards);
  return {
    schema: "ces.classification/v1",
    risk_tier: axes.risk_tier,
    behavior_confidence: axes.behavior_confidence,
    change_class: axes.change_class,
    ...oracleFields(oracle, input.caller),
    hazards: unique(hazards),
    classifier_id: input.classifier_id,
    classified_at: input.at,
  };
}

type OracleFields = Pick<Classification, "confidence" | "action" | "matched_rule" | "top_matches" | "basis">;

function oracleFields(oracle: OracleAnswer, caller: ClassifyCaller): OracleFields {
  return {
    confidence: oracle.confidence,
    action: oracle.action,
    matched_rule: oracle.matched?.rule ?? null,
    top_matches: [...oracle.top_matches],
    basis: oracle.matched !== null ? "oracle" : `default_${caller}`,
  };
}

const MAX_HAZARDS = 200;

/** Hazards without repetitions, at most 200. */
export function unique(hazards: readonly Hazard[]): Hazard[] {
  const seen = new Map(hazards.map((hazard) => [`${hazard.rule}\0${hazard.detail}`, hazard]));
  return [...seen.values()].slice(0, MAX_HAZARDS);
}
