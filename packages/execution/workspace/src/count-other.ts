// Summaries of Python and Rust runners.
import type { Counts } from "./check-words.ts";
import { fromParts, lastMatch } from "./count-js.ts";

/** pytest: `=== 1 failed, 2 passed in 0.12s ===`, with or without the rule. */
export function countPytest(lines: readonly string[]): Counts {
  const plain = lines.map((line) => line.replace(/^=+ | =+\s*$/g, ""));
  const none = plain.findLastIndex((line) => /^no tests ran in \d/.test(line));
  const summary = /^(\d{1,9} [a-z ]+(?:, \d{1,9} [a-z ]+)*) in \d[\d.:]*s?\b.*$/;
  const at = plain.findLastIndex((line) => line.length < 1000 && summary.test(line));
  if (at < 0 && none < 0) return null;
  return none > at ? { passed: 0, failed: 0, skipped: 0 } : fromParts(summary.exec(plain[at] ?? "")?.[1], /,\s*/);
}

/** unittest: `Ran 3 tests in 0.001s`, then `OK (skipped=1)` or `FAILED (failures=1, errors=1)`. */
export function countUnittest(lines: readonly string[]): Counts {
  const start = lines.findLastIndex((line) => /^Ran \d{1,9} tests? in /.test(line));
  const verdict =
    start < 0 ? undefined : lines.slice(start + 1, start + 5).find((line) => /^(OK|FAILED|NO TESTS RAN)\b/.test(line));
  if (verdict === undefined) return null;
  const ran = Number(/\d+/.exec(lines[start] ?? "")?.[0] ?? 0);
  const named = (name: string): number => Number(new RegExp(`\\b${name}=(\\d{1,9})`).exec(verdict)?.[1] ?? 0);
  const failed = named("(?<!expected )failures") + named("errors") + named("unexpected successes");
  const skipped = named("skipped") + named("expected failures");
  return { passed: Math.max(0, ran - failed - skipped), failed, skipped };
}

/** cargo: the sum of every `test result: ok. 3 passed; 0 failed; 1 ignored; …` line. */
export function countCargo(lines: readonly string[]): Counts {
  const result = /^test result: (?:ok|FAILED)\. (\d{1,9}) passed; (\d{1,9}) failed; (\d{1,9}) ignored;/;
  if (lastMatch(lines, result) === undefined) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of lines) {
    const match = result.exec(line);
    counts.passed += Number(match?.[1] ?? 0);
    counts.failed += Number(match?.[2] ?? 0);
    counts.skipped += Number(match?.[3] ?? 0);
  }
  return counts;
}
