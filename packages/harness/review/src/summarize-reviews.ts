// All reviews of one candidate together (spec/ces §5.3). A role that found nothing at all disagrees with one that found something grave;
// the reference left it out.
import type { Finding, ReviewRoute, ReviewRun, ReviewSummary, Severity } from "@ces/records";

const order: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** The summary. A role of the route without a complete run makes it incomplete; no run at all as well. */
export function summarizeReviews(runs: readonly ReviewRun[], route: ReviewRoute): ReviewSummary {
  const findings = runs
    .flatMap((run) => run.findings)
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const sameModel = runs.length > 1 && reportedModels(runs).size < runs.length;
  return {
    findings,
    critical: count("critical"),
    high: count("high"),
    disagreements: [...disagreements(runs), ...(sameModel ? ["reviewers report the same model"] : [])],
    unanimous_zero: runs.length > 0 && findings.length === 0,
    degraded_diversity: route.degraded_diversity || sameModel,
    incomplete:
      route.required_roles.length === 0 ||
      !route.required_roles.every((role) =>
        runs.some((run) => run.assignment.role === role && run.outcome === "complete"),
      ),
  };
}

// What a client reports about its model counts where it says something; else what was asked for.
function reportedModels(runs: readonly ReviewRun[]): ReadonlySet<string> {
  return new Set(runs.map((run) => (run.reported_model === "" ? run.assignment.model : run.reported_model)));
}

function disagreements(runs: readonly ReviewRun[]): readonly string[] {
  return runs.flatMap((run) =>
    [...graveFiles(run)].flatMap((path) =>
      runs
        .filter(
          (other) =>
            other !== run && other.outcome === "complete" && !other.findings.some((finding) => finding.path === path),
        )
        .map(
          (other) => `${run.assignment.role} finds something grave in \`${path}\`, ${other.assignment.role} nothing`,
        ),
    ),
  );
}

function graveFiles(run: ReviewRun): ReadonlySet<string> {
  const grave = (finding: Finding): boolean => finding.severity === "critical" || finding.severity === "high";
  return new Set(run.findings.filter(grave).flatMap(({ path }) => path ?? []));
}
