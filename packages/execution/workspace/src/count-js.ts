// Summaries of JavaScript runners (and go's, which is JSON): lines without colours in, counts out.
import { parseJson } from "@ces/kernel";
import type { Counts } from "./check-words.ts";
import { asObject } from "./check-sources.ts";

/** node:test, both reporters: `ℹ pass 3` and `# pass 3`; other TAP producers end with the same comment lines or a plan. */
export function countNodeTest(lines: readonly string[]): Counts {
  const last = new Map<string, number>();
  for (const line of lines) {
    const match = /^(?:# |\u2139 )(tests|pass|fail|cancelled|skipped|skip|todo|ok) +(\d{1,9})$/.exec(line.trimEnd());
    if (match !== null) last.set(match[1] ?? "", Number(match[2]));
  }
  const passed = last.get("pass") ?? last.get("ok");
  if (passed === undefined) return countTap(lines);
  const failed = (last.get("fail") ?? 0) + (last.get("cancelled") ?? 0);
  return { passed, failed, skipped: (last.get("skipped") ?? last.get("skip") ?? 0) + (last.get("todo") ?? 0) };
}

// Without comment lines: top-level points, and only where the plan agrees with them.
function countTap(lines: readonly string[]): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let plan: number | undefined;
  for (const line of lines) {
    const planned = /^1\.\.(\d{1,9})\s*(#.*)?$/.exec(line)?.[1];
    if (planned !== undefined) plan = Number(planned);
    const point = /^(not )?ok\b(.*)$/.exec(line);
    if (point === null) continue;
    if (/#\s*(skip|todo)/i.test(point[2] ?? "")) counts.skipped += 1;
    else counts[point[1] === undefined ? "passed" : "failed"] += 1;
  }
  return plan === counts.passed + counts.failed + counts.skipped ? counts : null;
}

/** vitest: `Tests  2 failed | 5 passed | 1 skipped (8)`. */
export function countVitest(lines: readonly string[]): Counts {
  return fromParts(lastMatch(lines, /^\s*Tests\s\s+(.*?) \(\d+\)\s*$/), /\s*\|\s*/);
}

/** jest: `Tests:       1 failed, 1 skipped, 5 passed, 7 total`. */
export function countJest(lines: readonly string[]): Counts {
  return fromParts(lastMatch(lines, /^Tests:\s+(.*), \d+ total\s*$/), /\s*,\s*/);
}

/** mocha: `5 passing (10ms)`, `1 pending`, `2 failing`, on lines of their own. */
export function countMocha(lines: readonly string[]): Counts {
  const start = lines.findLastIndex((line) => /^\s+\d{1,9} passing \(/.test(line));
  if (start < 0) return null;
  const words = lines.slice(start, start + 3).map((line) => /^\s+(\d{1,9}) (passing|pending|failing)\b/.exec(line));
  const count = (word: string): number => Number(words.find((match) => match?.[2] === word)?.[1] ?? 0);
  return { passed: count("passing"), failed: count("failing"), skipped: count("pending") };
}

/** `go test -json`: one object per event; tests are those with a name and an end. */
export function countGo(lines: readonly string[]): Counts {
  const ends = new Map<string, string>();
  let packages = 0;
  for (const line of lines) {
    const event = line.startsWith("{") ? parseJson(line, { maxBytes: 1024 * 1024, maxDepth: 4 }) : undefined;
    const facts = event?.kind === "parsed" ? asObject(event.value) : undefined;
    const action = facts?.["Action"];
    if (typeof action !== "string" || !["pass", "fail", "skip"].includes(action)) continue;
    if (typeof facts?.["Test"] === "string") ends.set(`${String(facts["Package"])} ${facts["Test"]}`, action);
    else packages += 1;
  }
  if (packages === 0) return null;
  const count = (action: string): number => [...ends.values()].filter((end) => end === action).length;
  return { passed: count("pass"), failed: count("fail"), skipped: count("skip") };
}

/** The first group of the last line that matches. */
export function lastMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  const line = lines.findLast((candidate) => candidate.length < 1000 && pattern.test(candidate));
  return line === undefined ? undefined : pattern.exec(line)?.[1];
}

/** Counts from `1 failed`, `2 passed`, … in one summary text. */
export function fromParts(text: string | undefined, separator: RegExp): Counts {
  if (text === undefined) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const part of text.split(separator)) {
    const match =
      /^(\d{1,9}) (passed|failed|errors?|skipped|todo|xfailed|xpassed|pending|deselected|warnings?|rerun|subtests passed)$/.exec(
        part.trim(),
      );
    const word = match?.[2] ?? "";
    const amount = Number(match?.[1] ?? 0);
    if (word === "passed" || word === "xpassed") counts.passed += amount;
    else if (word === "failed" || word.startsWith("error")) counts.failed += amount;
    else if (["skipped", "todo", "xfailed", "pending"].includes(word)) counts.skipped += amount;
  }
  return counts;
}
