// Lines with the decision each must get, judged on the machine that profiles prove their examples on.
import { expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";

/** One test for each line of `text`; empty lines are left out. `\n` in a line is a line break. */
export function linesAre(decision: "allow" | "ask" | "deny" | "rewrite", text: string, kind?: string): void {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  test.each(lines)(`${decision}: %s`, (line) => {
    const found = judgeCommand(line.replaceAll("\\n", "\n"), exampleSetting, exampleFacts);
    const kinds = found.reasons.map((reason) => reason.kind);
    expect({ line, decision: found.decision, why: found.decision === decision ? [] : kinds }).toEqual({
      line,
      decision,
      why: [],
    });
    if (kind !== undefined) expect(kinds).toContain(kind);
  });
}
