// Findings in a form that fits a table: one short text for each.
import { expect, test } from "vitest";
import type { Language } from "../../src/profile.ts";
import { type CodeFinding, readCode } from "../../src/languages/read-code.ts";
import type { StatementFinding } from "../../src/languages/statement.ts";

/** A program text and what must be found in it; `pure` for nothing. */
export type Row = readonly [text: string, ...found: string[]];

const shown = (path: string | null): string => path ?? "?";

/** One finding, short: `shell rm x`, `spawn git log`, `delete x`, `overwrite ?`, `dynamic`. */
export function briefly(finding: CodeFinding | StatementFinding): string {
  switch (finding.kind) {
    case "spawn":
      return `spawn ${finding.argv.join(" ").replaceAll("\0", "?")}`;
    case "shell":
      return `shell ${finding.text}`;
    case "spawn-unknown":
      return "spawn?";
    case "write":
      return `${finding.mode} ${shown(finding.path)}`;
    case "delete":
    case "read":
    case "metadata":
    case "load":
      return `${finding.kind} ${shown(finding.path)}`;
    case "network":
      return finding.direction;
    case "dynamic":
      return finding.decoded ? "decoded" : "dynamic";
    default:
      return finding.kind;
  }
}

/** All findings, each once, in the order of the alphabet; `pure` when there is none. */
export function brief(findings: readonly (CodeFinding | StatementFinding)[]): readonly string[] {
  const texts = [...new Set(findings.map(briefly))].sort();
  return texts.length === 0 ? ["pure"] : texts;
}

/** One test for each row. */
export function reads(language: Language, rows: readonly Row[]): void {
  test.for(rows)("%s", ([text, ...found]) => {
    const reading = readCode(language, text);
    expect(brief(reading.findings)).toEqual([...found].sort());
    expect(reading.pure).toBe(reading.findings.every(({ kind }) => kind === "read"));
  });
}
