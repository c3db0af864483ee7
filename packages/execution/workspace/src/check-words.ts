// A detected check before its closure is known.
import type { CheckSpec, TestCounts } from "@ces/records";

/** What kind of command it is. */
export type CheckKind = CheckSpec["kind"];
/** How its tests are counted. */
export type CheckSummaryFormat = CheckSpec["summary_format"];
/** A command that detection found; `cwd` is always the project root. */
export type FoundCheck = Pick<CheckSpec, "check_id" | "kind" | "summary_format"> & { readonly argv: readonly string[] };
/** Counts, or null when the output has no summary of the runner's own. */
export type Counts = TestCounts | null;
