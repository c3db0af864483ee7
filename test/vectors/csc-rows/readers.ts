// Which file holds which rows. A file that is not here is an error, never an empty success.

import { approvalRow } from "./approval-rows.ts";
import { loaderRow, schemaFiles } from "./conformance-rows.ts";
import { conformanceDecisionRow, derivedDecisionRow } from "./decision-rows.ts";
import { contractHashRow, policyHashRow } from "./hash-rows.ts";
import { interchangeRow } from "./interchange-rows.ts";
import { blockedRow, launcherRow } from "./launcher-rows.ts";
import { limitRow } from "./limit-rows.ts";
import { pathRow } from "./path-rows.ts";
import type { RowReader } from "./row.ts";
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
