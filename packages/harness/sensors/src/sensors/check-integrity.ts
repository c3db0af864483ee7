// Did the change weaken what judges it? Skip marks, removed assertions, deleted tests and early exits in tests (S12).
// Heuristics over lines: they raise findings for people; the two runs of each check are what decides.
import { addedLines, removedLines, type Line } from "../added-lines.ts";
import { changeFacts, fileFacts, type ChangeFacts, type FileFacts } from "../change-facts.ts";
import { isCheckDefinition, isTestPath } from "../path-kinds.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "check_integrity";

const skipMark =
  /\b(?:test|it|describe|suite|context|bench)\.(?:skip|only|todo|fixme|failing|skipIf|runIf)\b|\b(?:xit|xdescribe|xtest|xcontext|fit|fdescribe|ftest)[ \t]{0,4}\(|\b(?:skip|todo|only)[ \t]{0,4}:[ \t]{0,4}(?:true|['"`])|@(?:pytest\.mark\.)?(?:skip|skipif|xfail|Disabled|Ignore)\b|\bunittest\.skip|\bpytest\.skip\b|\bt\.Skip|#\[ignore\]|\bthis\.skip\(\)|\bt\.skip\(|\bpending\(/;
const earlyExit =
  /\bprocess\.(?:exit|reallyExit|exitCode|abort|kill)\b|\bos\._?exit\b|\bsys\.exit\b|\bDeno\.exit\b|\bos\.Exit\b|\bpytest_sessionfinish\b|\bexitstatus\b|\bpytest\.exit\b|\buncaughtException\b/;
const assertion =
  /\bassert\w{0,64}\b|\bexpect[ \t]{0,4}\(|\.(?:should|to|toBe|toEqual|toThrow)\b|\bt\.(?:is|deepEqual|equal|throws|Error|Fatal)|\brequire\.\w{1,64}\(|\bself\.assert/;

export const sensor: Sensor = {
  id: ID,
  pack: "checks",
  summary: "changes that weaken tests or the definition of a check",
  needs: ["**"],
  judge: (facts) =>
    observe(
      ID,
      "critical",
      facts.files.flatMap((file) => sightings(file, facts)),
    ),
  examples: {
    matches: [
      changeFacts([fileFacts("test/a.test.js", 'test("a", () => {})\n', 'test.skip("a", () => {})\n')]),
      changeFacts([fileFacts("test/a.test.js", "assert.equal(a, 1)\nassert.equal(b, 2)\n", "assert.equal(a, 1)\n")]),
      changeFacts([fileFacts("test/a.test.js", null, "process.exit(0)\n")]),
      changeFacts([fileFacts("test/a.test.js", 'test("a", () => {})\n', null)]),
      changeFacts([fileFacts("GNUmakefile", null, "test:\n\ttrue\n")]),
      changeFacts([fileFacts("tools/run.js", "a\n", "b\n")], { check_closure: ["tools/run.js"] }),
    ],
    spares: [
      changeFacts([fileFacts("test/b.test.js", null, 'test("b", () => assert.equal(b(), 2))\n')]),
      changeFacts([fileFacts("test/a.test.js", "assert.equal(a, 1)\n", "assert.equal(a, 1)\nassert.equal(b, 2)\n")], {
        check_closure: ["test/a.test.js"],
      }),
      changeFacts([fileFacts("src/cli.js", null, "process.exit(0)\n")]),
    ],
  },
};

function sightings(file: FileFacts, facts: ChangeFacts): readonly Sighting[] {
  const tests = isTestPath(file.path) ? testSightings(file) : [];
  const defines = isCheckDefinition(file.path) || (facts.check_closure.includes(file.path) && !isTestPath(file.path));
  return defines ? [...tests, sighting(file, null, "medium", "a file that defines a check was changed")] : tests;
}

function testSightings(file: FileFacts): readonly Sighting[] {
  if (file.after === null) return [sighting(file, null, "high", "a test was deleted")];
  const added = addedLines(file);
  const removed = removedLines(file);
  const lost = count(removed, assertion) - count(added, assertion);
  return [
    ...added
      .filter(({ text }) => skipMark.test(text))
      .map(({ number }) => sighting(file, number, "high", "a test was marked to be skipped or to run alone")),
    ...added
      .filter(({ text }) => earlyExit.test(text))
      .map(({ number }) => sighting(file, number, "high", "a test may end the run by itself")),
    ...(lost > 0 ? [sighting(file, removed[0]?.number ?? null, "high", `${lost} assertions fewer than before`)] : []),
  ];
}

function count(lines: readonly Line[], pattern: RegExp): number {
  return lines.filter(({ text }) => pattern.test(text)).length;
}

function sighting(file: FileFacts, line: number | null, severity: Sighting["severity"], title: string): Sighting {
  return {
    severity,
    category: "CHECK_INTEGRITY",
    path: file.path,
    line,
    title,
    description: "What judges the change was changed together with it.",
    recommendation: "Read this part of the change yourself; added tests are welcome, weakened ones are not.",
  };
}
