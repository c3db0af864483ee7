// What the executions of one check mean together (S05, S12; DESIGN §5). Each check runs on the candidate as it is, and
// with the base's definitions and tests laid over it; the base itself tells how many tests there should be.
import type { CheckExecution, CheckRun, CheckSpec, DeltaFile, TestCounts } from "@ces/records";
import { isCheckDefinition, isTestPath } from "@ces/sensors";

/** A sealed check and its executions. `closure_changed` comes from `closureChanges`. */
export interface JudgeInput {
  readonly spec: CheckSpec;
  readonly candidate_tree: string;
  readonly executions: readonly CheckExecution[];
  readonly closure_changed: readonly string[];
  /** ISO instant. */
  readonly finished_at: string;
}

/**
 * Changed paths that touch what the check means: a file of its closure, or a file that defines checks by its name, also a new one.
 * Added tests are welcome, and so are lines added to an existing test: the base's version of it is run as well.
 */
export function closureChanges(spec: Pick<CheckSpec, "closure">, files: readonly DeltaFile[]): readonly string[] {
  const closure = new Set(spec.closure.map(({ path }) => path));
  return files
    .filter((file) => (closure.has(file.path) && !onlyAddsTests(file)) || isCheckDefinition(file.path))
    .map(({ path }) => path);
}

function onlyAddsTests(file: DeltaFile): boolean {
  return (
    isTestPath(file.path) &&
    !isCheckDefinition(file.path) &&
    file.change === "modified" &&
    file.deleted_lines === 0 &&
    !file.binary &&
    file.mode !== "120000"
  );
}

/** failed and not_run come before touched, touched before passed. */
export function judgeChecks(input: JudgeInput): CheckRun {
  const of = (variant: CheckExecution["variant"]): CheckExecution | undefined =>
    input.executions.find((run) => run.variant === variant);
  const asIs = of("as_is");
  const touched = [
    ...input.closure_changed.map((path) => `\`${path}\` defines this check and was changed`),
    ...(asIs === undefined ? [] : doubts(input.spec, asIs, of("base_laid_over"), of("base"))),
  ];
  return {
    check_id: input.spec.check_id,
    argv: input.spec.argv,
    candidate_tree: input.candidate_tree,
    executions: [...input.executions],
    outcome: outcomeOf(asIs, input.candidate_tree, touched),
    touched,
    finished_at: input.finished_at,
  };
}

function outcomeOf(asIs: CheckExecution | undefined, tree: string, touched: readonly string[]): CheckRun["outcome"] {
  // INVARIANT: only an execution on exactly the candidate's tree counts.
  if (asIs === undefined || asIs.outcome === "not_run" || asIs.tree !== tree) return "not_run";
  if (
    asIs.outcome === "failed" ||
    asIs.outcome === "timed_out" ||
    asIs.exit_code !== 0 ||
    (asIs.counts?.failed ?? 0) > 0
  )
    return "failed";
  return touched.length > 0 ? "touched" : "passed";
}

function doubts(
  spec: CheckSpec,
  asIs: CheckExecution,
  laid: CheckExecution | undefined,
  base: CheckExecution | undefined,
): readonly string[] {
  return [...summaryDoubts(spec, asIs), ...laidOverDoubts(spec, asIs, laid), ...countDoubts(asIs, base, "the base")];
}

function summaryDoubts(spec: CheckSpec, asIs: CheckExecution): readonly string[] {
  if (spec.summary_format === "exit") return asIs.outcome === "no_summary" ? ["the run ended without its summary"] : [];
  if (asIs.counts === null || asIs.outcome === "no_summary") return ["the run ended without its summary"];
  return executed(asIs.counts) === 0 ? ["no test was executed"] : [];
}

function laidOverDoubts(spec: CheckSpec, asIs: CheckExecution, laid: CheckExecution | undefined): readonly string[] {
  if (laid === undefined || laid.outcome === "not_run") return ["the run with the base's definitions is missing"];
  if (laid.outcome !== "passed" || laid.exit_code !== 0 || (laid.counts?.failed ?? 0) > 0)
    return [
      `the run with the base's definitions and tests ended ${laid.outcome === "passed" ? "failed" : laid.outcome}`,
    ];
  if (spec.summary_format !== "exit" && laid.counts === null)
    return ["the run with the base's definitions has no summary"];
  return countDoubts(asIs, laid, "the run with the base's tests");
}

function countDoubts(asIs: CheckExecution, other: CheckExecution | undefined, name: string): readonly string[] {
  if (asIs.counts === null || other?.counts == null) return [];
  const [now, then] = [executed(asIs.counts), executed(other.counts)];
  const fewer = now < then ? [`${now} tests were executed, ${name} has ${then}`] : [];
  const skipped =
    asIs.counts.skipped > other.counts.skipped
      ? [`${asIs.counts.skipped} tests are skipped, ${name} skips ${other.counts.skipped}`]
      : [];
  return [...fewer, ...skipped];
}

function executed(counts: TestCounts): number {
  return counts.passed + counts.failed;
}
