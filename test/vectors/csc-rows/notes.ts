// What a run of the suite says besides pass and fail: where the house is stricter than the reference.

import { cscSchemas } from "@ces/contract";
import type { JsonObject } from "@ces/kernel";
import { pass, type CaseResult } from "../suite.ts";

const stricter: string[] = [];

/** Notes a row on which the house refuses what the reference takes, and by which rule. */
export function noteStricter(id: string, rule: string): void {
  stricter.push(`stricter ${id}: ${rule}`);
}

/** All notes, once; then they are forgotten. */
export function takeNotes(): readonly string[] {
  return stricter.splice(0);
}

/** True for a policy that the published schema refuses for nothing but members of ours, and notes them: F-01, F-20. */
export function isExtended(row: JsonObject, policy: object): boolean {
  const ours = Object.keys(policy).filter((name) => !PUBLISHED.includes(name));
  if (ours.length > 0) stricter.push(`extended ${String(row["id"])}: the policy has ${ours.join(", ")}`);
  return ours.length > 0;
}

const PUBLISHED = Object.keys(Object(cscSchemas.policy.schema["properties"]));

/** A pass that the report tells of. */
export function notedStricter(row: JsonObject, rule: string): CaseResult {
  noteStricter(String(row["id"]), `${rule} is refused in a policy`);
  return pass;
}

/**
 * What of YAML 1.1 a policy may not hold although the reference's loader takes it (docs/guides/contracts.md), named by the refusal's own
 * words; undefined for a refusal that has another cause.
 */
export function houseRule(refusal: string): string | undefined {
  return /an anchor|an alias|a tag|a merge|a directive|a complex key|a pair inside a list|a comment needs a space before it|too large|nests too deeply/.exec(
    refusal,
  )?.[0];
}
