// The published conformance cases: schemas and the policy loader.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cscSchemas, readPolicy, schemaViolations } from "@ces/contract";
import { type JsonObject, nobleCrypto, utf8Encode } from "@ces/kernel";
import { differs, judge, vectorFault, type CaseResult } from "../suite.ts";
import { houseRule, isExtended, notedStricter } from "./notes.ts";
import { rowWith, textIn, type RowReader } from "./row.ts";

/** Judges schema cases: the published schema alone, as the suite asks. */
export function schemaRow(schema: JsonObject): RowReader {
  return (row) => {
    rowWith(row, ["input", "valid"]);
    const found = schemaViolations(schema, row["input"] ?? null);
    return judge([
      differs("valid", row["valid"], found.length === 0) &&
        `${found[0]?.text ?? "accepted"}: not ${String(row["valid"])}`,
    ]);
  };
}

/** The conformance files that are schema cases. */
export const schemaFiles: readonly (readonly [string, RowReader])[] = [
  ["contracts/valid.json", schemaRow(cscSchemas.contract.schema)],
  ["contracts/invalid.json", schemaRow(cscSchemas.contract.schema)],
  ["policies/schema.json", schemaRow(cscSchemas.policy.schema)],
  ["receipts/valid.json", schemaRow(cscSchemas["receipt-published"].schema)],
  ["receipts/invalid.json", schemaRow(cscSchemas["receipt-published"].schema)],
];

/** Judges a case of the policy loader on its raw text, or on a file that is not there. */
export const loaderRow: RowReader = (row) => {
  rowWith(row, ["valid"], ["raw_text", "source", "format", "expected_error_contains"]);
  const problems =
    row["raw_text"] === undefined ? sourceProblems(textIn(row, "source")) : textProblems(row, textIn(row, "raw_text"));
  const expected = row["expected_error_contains"];
  const rule = houseRule(problems[0] ?? "");
  const isAsked = typeof expected === "string" && problems.some((text) => text.includes(expected));
  if (rule !== undefined && !isAsked) return notedStricter(row, rule);
  return judge([
    differs("valid", row["valid"], problems.length === 0),
    typeof expected === "string" && !problems.some((text) => text.includes(expected))
      ? `no problem says \`${expected}\`: ${problems.join("; ")}`
      : undefined,
  ]) satisfies CaseResult;
};

function textProblems(row: JsonObject, text: string): readonly string[] {
  const read = readPolicy(utf8Encode(text), nobleCrypto);
  if (read.kind === "refused") return read.problems.map((problem) => problem.text);
  return row["valid"] === false && isExtended(row, read.value)
    ? ["policy schema validation failed: a member is not published"]
    : [];
}

function sourceProblems(source: string): readonly string[] {
  if (source !== "missing_file") throw vectorFault(`the loader source \`${source}\` is not known`);
  try {
    readFileSync(join(import.meta.dirname, "no-such-policy.yaml"));
    return [];
  } catch (error) {
    // The command that reads policies says it in these words (apps/cli/src/csc/read-document.ts).
    return [`failed to read policy: ${error instanceof Error ? error.message : "unknown"}`];
  }
}
