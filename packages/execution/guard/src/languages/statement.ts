// What a text for a store or a tool can hold besides ordinary work: the shape that the small readers share.
import type { CodeFinding } from "./finding.ts";

/** One thing found in statements for a database: code's findings, and what destroys data there. */
export type StatementFinding =
  | CodeFinding
  /** Destroys data or rights of a store. `what` is the statement's own words: printable, capped. */
  | { readonly kind: "destroy"; readonly what: string };

/** The reading of a text of statements. */
export interface StatementReading {
  /** Nothing was found but reads. */
  readonly pure: boolean;
  /** At most 64. */
  readonly findings: readonly StatementFinding[];
}

const most = 64;

/** The reading of these findings; what is beyond the sixty-fourth is of a kind that was found before. */
export function statementReading(found: readonly StatementFinding[]): StatementReading {
  const findings = [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
  const kinds = new Map<string, StatementFinding>();
  for (const finding of findings) kinds.set(finding.kind, kinds.get(finding.kind) ?? finding);
  const first = new Set(kinds.values());
  const kept = [...first, ...findings.filter((finding) => !first.has(finding))].slice(0, most);
  return { pure: found.every(({ kind }) => kind === "read"), findings: kept };
}
