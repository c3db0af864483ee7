// Counts what vitest ran, so that a run can close with one line: `N passed, N failed`.
// A file that did not load and an error nobody awaited are failures too; a skip is counted aloud.
import { writeFileSync } from "node:fs";
import type { Reporter } from "vitest/node";

/** What a run came to. `reason` is vitest's: passed, failed or interrupted. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly reason: string;
}

/** A vitest reporter that writes the tally as JSON into `file` when the run ends. */
export function tallyReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled, reason) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const loaded = modules.flatMap((module) => module.errors());
      const suites = modules.flatMap((module) => [...module.children.allSuites()].flatMap((suite) => suite.errors()));
      const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
      const tally: Tally = {
        passed: count("passed"),
        failed: count("failed") + count("pending") + loaded.length + suites.length + unhandled.length,
        skipped: tests.filter((test) => test.result().state === "skipped").map((test) => test.fullName),
        reason,
      };
      writeFileSync(file, JSON.stringify(tally));
    },
  };
}
