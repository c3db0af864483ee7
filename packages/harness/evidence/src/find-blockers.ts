// The blockers of a candidate, computed from facts. Order is the order in which a person would ask.
import type { CheckRun, EvidencePacket, Observation, Reason } from "@ces/records";
import { weightOf, type BlockerCode } from "./blockers.ts";

/** What blockers are computed from. */
export type BlockerFacts = Pick<
  EvidencePacket,
  "run_outcome" | "files" | "out_of_scope" | "delta_blockers" | "checks" | "claim_verdict" | "observations"
> & {
  /** Ids of the checks that the manifest seals: each must have been run. */
  readonly sealed_checks: readonly string[];
  /** Why the run did not complete, in words; null when nobody said. */
  readonly run_reason: string | null;
};

/** All blockers, what stops before what a person may pass; codes of the freeze come as they are. */
export function findBlockers(facts: BlockerFacts): readonly Reason[] {
  const found = blockersInOrder(facts);
  const isStop = (blocker: Reason): boolean => weightOf(blocker) === "stops";
  return [...found.filter(isStop), ...found.filter((blocker) => !isStop(blocker))];
}

function blockersInOrder(facts: BlockerFacts): readonly Reason[] {
  return [
    ...(facts.run_outcome === "completed"
      ? []
      : [
          reason(
            "RUN_NOT_COMPLETED",
            `the run ended \`${facts.run_outcome}\`${facts.run_reason === null ? "" : `: ${facts.run_reason}`}`,
          ),
        ]),
    ...facts.delta_blockers,
    ...(facts.files.length === 0 ? [reason("NOTHING_CHANGED", "nothing inside the scope was changed")] : []),
    ...(facts.out_of_scope.length > 0
      ? [reason("SCOPE_VIOLATION", `outside the scope: ${paths(facts.out_of_scope)}`, "merge")]
      : []),
    ...checkBlockers(facts.checks, facts.sealed_checks),
    ...(facts.claim_verdict === "contradicted"
      ? [reason("CLAIM_CONTRADICTED", "what the agent claims is not what was measured")]
      : []),
    ...facts.observations
      .flatMap(sensorBlockers)
      .filter(({ code }) => code !== "SCOPE_VIOLATION" || facts.out_of_scope.length === 0),
  ];
}

function checkBlockers(checks: readonly CheckRun[], sealed: readonly string[]): readonly Reason[] {
  const ran = new Set(checks.map(({ check_id }) => check_id));
  const missing = sealed
    .filter((id) => !ran.has(id))
    .map((id) => reason("CHECK_NOT_RUN", `the check \`${id}\` was not run`));
  // INVARIANT: no check at all is not green.
  const none = checks.length === 0 && sealed.length === 0 ? [reason("NO_CHECKS", "no check measured this change")] : [];
  return [...checks.flatMap(checkBlocker), ...missing, ...none];
}

function checkBlocker(check: CheckRun): readonly Reason[] {
  if (check.outcome === "failed") return [reason("CHECK_FAILED", `the check \`${check.check_id}\` failed`)];
  if (check.outcome === "not_run") return [reason("CHECK_NOT_RUN", `the check \`${check.check_id}\` was not run`)];
  return check.outcome === "touched"
    ? [
        reason(
          "CHECK_TOUCHED",
          `the check \`${check.check_id}\` cannot be believed: ${check.touched.slice(0, 3).join("; ")}`,
        ),
      ]
    : [];
}

const fromFindings: readonly BlockerCode[] = [
  "SCOPE_VIOLATION",
  "SECRET_FOUND",
  "SENSITIVE_NAME",
  "DEPENDENCY_CHANGE",
  "DEPENDENCY_REFUSED",
  "DEPENDENCY_FINDING",
  "DEPENDENCY_DRIFT",
];

function sensorBlockers(observation: Observation): readonly Reason[] {
  if (observation.outcome === "errored" || observation.outcome === "skipped")
    return [reason("SENSOR_ERRORED", `the sensor \`${observation.sensor}\` gave no answer`)];
  return fromFindings.flatMap((code) => {
    const found = observation.findings.filter(
      ({ category, severity }) => category === code && (severity === "critical" || severity === "high"),
    );
    return found.length === 0 ? [] : [reason(code, `${found[0]?.title ?? code}: ${paths(found)}`)];
  });
}

function reason(code: BlockerCode, text: string, held_by?: "merge"): Reason {
  return { code, text: text.slice(0, 2000), ...(held_by && { held_by }) };
}

function paths(items: readonly { readonly path: string | null }[]): string {
  const names = [...new Set(items.map(({ path }) => `\`${path?.slice(0, 200) ?? "unknown"}\``))];
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
}
