// The severity of an OSV record as one number: the CVSS v3 base score of its vector, or what the database says in a word.
import { listMember, member, textMember } from "./foreign-json.ts";

const WORDS: ReadonlyMap<string, number> = new Map([
  ["CRITICAL", 9],
  ["HIGH", 7],
  ["MODERATE", 4],
  ["MEDIUM", 4],
  ["LOW", 1],
]);

const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ["AV:N", 0.85],
  ["AV:A", 0.62],
  ["AV:L", 0.55],
  ["AV:P", 0.2],
  ["AC:L", 0.77],
  ["AC:H", 0.44],
  ["UI:N", 0.85],
  ["UI:R", 0.62],
]);
const IMPACT: ReadonlyMap<string, number> = new Map([
  ["H", 0.56],
  ["L", 0.22],
  ["N", 0],
]);
// Privileges count for more when the scope changes.
const PRIVILEGES: ReadonlyMap<string, readonly [unchanged: number, changed: number]> = new Map([
  ["N", [0.85, 0.85]],
  ["L", [0.62, 0.68]],
  ["H", [0.27, 0.5]],
]);

/** 0–10; null when the record says nothing that is understood. The worse of vector and word (OSV schema, `severity[]`). */
export function severityOf(record: unknown): number | null {
  const vectors = (listMember(record, "severity", 16) ?? []).map((one) => textMember(one, "score", 200) ?? "");
  const word = textMember(member(record, "database_specific"), "severity", 20)?.toUpperCase() ?? "";
  const known = [...vectors.map(cvss3Base), WORDS.get(word) ?? null].filter((score) => score !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Base score of a CVSS 3.x vector (CVSS v3.1 specification §7.1); null for anything else. */
export function cvss3Base(vector: string): number | null {
  if (!/^CVSS:3\.[01]\//.test(vector)) return null;
  const metrics = new Map(vector.split("/").map((part) => [part.slice(0, part.indexOf(":")), part]));
  const weight = (name: string): number | undefined => WEIGHTS.get(metrics.get(name) ?? "");
  const impact = (name: string): number | undefined => IMPACT.get((metrics.get(name) ?? "").slice(2));
  const changed = metrics.get("S") === "S:C";
  const privileges = PRIVILEGES.get((metrics.get("PR") ?? "").slice(3))?.[changed ? 1 : 0];
  const parts = [weight("AV"), weight("AC"), privileges, weight("UI")];
  const lost = [impact("C"), impact("I"), impact("A")];
  if ([...parts, ...lost].some((part) => part === undefined)) return null;
  const exploitability = parts.reduce<number>((product, part) => product * (part ?? 0), 8.22);
  const base = 1 - lost.reduce<number>((product, part) => product * (1 - (part ?? 0)), 1);
  const total = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  if (total <= 0) return 0;
  return roundUp(Math.min((changed ? 1.08 : 1) * (total + exploitability), 10));
}

// CVSS 3.1 Appendix A: in whole hundred-thousandths, so that 4.000000001 is not 4.1.
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}
