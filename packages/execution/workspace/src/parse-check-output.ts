// Counts executed tests from a runner's own summary. The output is attacker-controlled: the last summary counts, a missing
// one is null and never green, and every reading is linear in the text.
import type { CheckSummaryFormat, Counts } from "./check-words.ts";
import { countGo, countJest, countMocha, countNodeTest, countVitest } from "./count-js.ts";
import { countCargo, countPytest, countUnittest } from "./count-other.ts";

// CSI sequences only: what runners colour their summaries with.
const COLOUR = /\u001b\[[0-9;]*m/g;
const MAX = 64 * 1024 * 1024;

/** The counts of `text` (stdout and stderr as one), or null where the format has or shows no summary. */
export function parseCheckOutput(format: CheckSummaryFormat, text: string): Counts {
  const lines = text.slice(-MAX).replace(COLOUR, "").split(/\r?\n/);
  switch (format) {
    case "node-test":
    case "tap":
      return countNodeTest(lines);
    case "vitest":
      return countVitest(lines);
    case "jest":
      return countJest(lines);
    case "mocha":
      return countMocha(lines);
    case "pytest":
      return countPytest(lines);
    case "unittest":
      return countUnittest(lines);
    case "go-test":
      return countGo(lines);
    case "cargo-test":
      return countCargo(lines);
    case "exit":
      return null;
    default:
      return format satisfies never;
  }
}
