// Local runs: real processes, so they need the runner. Without one the rows are named as not run, and are no cases.

import type { RowReader } from "./row.ts";

/** Judges a local run; null while there is no runner. */
export const runLocalRow: RowReader | null = null;
