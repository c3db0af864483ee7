// Which file holds which rows. A row that nobody reads is a failed case, never an empty success.

import type { Json, JsonObject } from "@ces/kernel";
import { approvalRow } from "./approval-rows.ts";
import { loaderRow, schemaFiles } from "./conformance-rows.ts";
import { conformanceDecisionRow, derivedDecisionRow } from "./decision-rows.ts";
import { contractHashRow, policyHashRow } from "./hash-rows.ts";
import { interchangeRow } from "./interchange-rows.ts";
import { blockedRow, launcherRow } from "./launcher-rows.ts";
import { limitRow } from "./limit-rows.ts";
import { pathRow } from "./path-rows.ts";
import { isObject, type RowReader } from "./row.ts";
import { runLocalRow } from "./run-local-rows.ts";
import { signingRow, verifyRow } from "./signature-rows.ts";

/** By file name; conformance files with their folder, because two are called alike. */
export const cscReaders: ReadonlyMap<string, RowReader> = new Map<string, RowReader>([
  ...schemaFiles,
  ["policies/loader.json", loaderRow],
  ["loader.json", loaderRow],
  ["decisions/decisions.json", conformanceDecisionRow],
  ["decisions.json", conformanceDecisionRow],
  ["approval.json", approvalRow],
  ["blocked-commands.json", blockedRow],
  ["decisions-extra.json", derivedDecisionRow],
  ["hash-contract.json", contractHashRow],
  ["hash-policy.json", policyHashRow],
  ["interchange.json", interchangeRow],
  ["launcher-argv.json", launcherRow],
  ["limits.json", limitRow],
  ["paths.json", pathRow],
  ["run-local.json", runLocalRow],
  ["signing.json", signingRow],
  ["verify.json", verifyRow],
]);

// By members that no other kind has.
const SHAPES: readonly (readonly [readonly string[], RowReader])[] = [
  [["raw_text"], loaderRow],
  [["source", "valid"], loaderRow],
  [["contract", "expected_decision"], conformanceDecisionRow],
  [["contract", "contract_schema_valid"], derivedDecisionRow],
  [["contract", "canonical"], contractHashRow],
  [["contract", "policy", "reference"], runLocalRow],
  [["yaml"], policyHashRow],
  [["approval"], approvalRow],
  [["argv", "reference_allowed"], blockedRow],
  [["user_argv"], launcherRow],
  [["build"], limitRow],
  [["op", "times"], limitRow],
  [["op", "path"], pathRow],
  [["receipt", "key"], signingRow],
  [["receipt", "public_keys_raw_hex"], verifyRow],
  [["origin", "text"], interchangeRow],
];

/** The reader of a row in the file of that name, or of its shape when the name is not known; undefined for a kind that nobody reads. */
export function cscReader(name: string, row: JsonObject): RowReader | undefined {
  const named = cscReaders.get(name) ?? cscReaders.get(name.split("/").at(-1) ?? "");
  if (named !== undefined) return named;
  if (Object.hasOwn(row, "input")) return schemaReader(row["input"]);
  return SHAPES.find(([members]) => members.every((member) => Object.hasOwn(row, member)))?.[1];
}

// A schema case in a file of another name says by its input which schema is asked.
function schemaReader(input: Json | undefined): RowReader | undefined {
  const has = (member: string): boolean => isObject(input) && Object.hasOwn(input, member);
  if (has("commands")) return cscReaders.get("contracts/valid.json");
  if (has("allow_commands")) return cscReaders.get("policies/schema.json");
  return has("execution_id") ? cscReaders.get("receipts/valid.json") : undefined;
}
