// A check: a command sealed from the base, and what happened when CES ran it itself (S05, S12, S37).
import { z } from "zod";
import { Count, GitOid, Instant, Sha256Hex, TreePath } from "./scalar.schema.ts";

export const CheckKind = z.enum(["test", "lint", "typecheck", "build", "custom"]);
/** How executed tests are counted in the output. `exit`: the command has no summary, only its status counts. */
export const CheckSummaryFormat = z.enum([
  "node-test",
  "tap",
  "vitest",
  "jest",
  "mocha",
  "pytest",
  "unittest",
  "go-test",
  "cargo-test",
  "exit",
]);

/** The sealed definition: argv run in `cwd`, and the closure of files that define what it means. */
export const CheckSpec = z.strictObject({
  check_id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  kind: CheckKind,
  argv: z.array(z.string()).min(1),
  cwd: z.union([z.literal("."), TreePath]),
  origin: z.enum(["detected", "flag", "configured"]),
  summary_format: CheckSummaryFormat,
  timeout_seconds: z.number().int().min(1).max(3600),
  /** Files of the base that decide what the command does: scripts block, runner configuration, lockfiles, tests. */
  closure: z.array(z.strictObject({ path: TreePath, oid: GitOid })),
});
export type CheckSpec = z.infer<typeof CheckSpec>;

/** Counted tests; null where the format has no summary. */
export const TestCounts = z.strictObject({ passed: Count, failed: Count, skipped: Count });
export type TestCounts = z.infer<typeof TestCounts>;

/** One execution in walls: `as_is` on the candidate, `base_laid_over` with the base's definitions and tests over it. */
export const CheckExecution = z.strictObject({
  variant: z.enum(["as_is", "base_laid_over", "base"]),
  tree: GitOid,
  run_id: z.string(),
  exit_code: z.number().int().nullable(),
  outcome: z.enum(["passed", "failed", "timed_out", "no_summary", "not_run"]),
  counts: TestCounts.nullable(),
  duration_ms: Count,
  output_sha256: Sha256Hex,
  output_tail: z.string().max(8000),
});
export type CheckExecution = z.infer<typeof CheckExecution>;

/** All executions of one check on one candidate and what they mean together. */
export const CheckRun = z.strictObject({
  check_id: z.string(),
  argv: z.array(z.string()),
  candidate_tree: GitOid,
  executions: z.array(CheckExecution),
  outcome: z.enum(["passed", "failed", "touched", "not_run"]),
  /** Why an outcome is `touched`: changed closure, fewer tests, missing summary, runs differ. */
  touched: z.array(z.string()),
  finished_at: Instant,
});
export type CheckRun = z.infer<typeof CheckRun>;
