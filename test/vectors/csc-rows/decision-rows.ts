// Decisions: as the product judges, the guard's knowledge included, cut to the reference's form (one code, the effects listed by then).

import {
  type CommandContract,
  contractProblems,
  type CscPolicy,
  cscSchemas,
  decide,
  type Decided,
  guardJudge,
  policyProblems,
  schemaViolations,
} from "@ces/contract";
import { referenceAnswer } from "@ces/contract/reference";
import { nobleCrypto, type Json, type JsonObject } from "@ces/kernel";
import { differs, judge } from "../suite.ts";
import { isTighten, objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges a conformance decision. */
export const conformanceDecisionRow: RowReader = (row) => {
  rowWith(
    row,
    ["contract", "policy", "expected_decision", "expected_reason_codes"],
    ["description", "spec_refs", "expected_classified_effects"],
  );
  return judge([
    ...admitted(row, true),
    ...answers(row, {
      decision: row["expected_decision"] ?? null,
      codes: row["expected_reason_codes"] ?? null,
      effects: row["expected_classified_effects"],
    }),
  ]);
};

/** Judges a derived decision. */
export const derivedDecisionRow: RowReader = (row) => {
  rowWith(
    row,
    ["contract", "policy", "contract_schema_valid", "parity", "reference"],
    ["suggested", "note", "description"],
  );
  if (isTighten(row)) return judge([...admitted(row, row["contract_schema_valid"] ?? null), ...suggestion(row)]);
  const { decision, reason_codes, classified_effects } = objectIn(row, "reference");
  return judge([
    ...admitted(row, row["contract_schema_valid"] ?? null),
    ...answers(row, { decision: decision ?? null, codes: reason_codes ?? null, effects: classified_effects }),
  ]);
};

type Expected = { readonly decision: Json; readonly codes: Json; readonly effects: Json | undefined };

function answers(row: JsonObject, expected: Expected): readonly (string | undefined)[] {
  const { decided, contract } = decidedOf(row);
  const answer = referenceAnswer(
    decided,
    contract.commands.map(({ id }) => id),
  );
  return [
    differs("decision", expected.decision, answer.decision),
    differs("reason_codes", expected.codes, answer.reason_codes),
    expected.effects === undefined
      ? undefined
      : differs("classified_effects", asSet(expected.effects), asSet(answer.classified_effects)),
  ];
}

// The suggestion names a decision and one code of it, or that the loader must not let the contract in.
function suggestion(row: JsonObject): readonly (string | undefined)[] {
  const suggested = objectIn(row, "suggested");
  const wanted = textIn(suggested, "decision");
  if (wanted === "reject at load") {
    return [contractProblems(row["contract"] ?? null).length > 0 ? undefined : "the loader takes it"];
  }
  const { decided } = decidedOf(row);
  const code = textIn(suggested, "reason_code").split(" ")[0] ?? "";
  const codes: readonly string[] = decided.reason_codes;
  return [
    differs("decision", wanted, decided.decision),
    codes.includes(code) ? undefined : `\`${code}\` is not among ${codes.join(", ")}`,
  ];
}

function decidedOf(row: JsonObject): { readonly decided: Decided; readonly contract: CommandContract } {
  // Some rows hold contracts that no door lets in; the engine must answer them all the same.
  const contract = row["contract"] as unknown as CommandContract;
  const policy = row["policy"] as unknown as CscPolicy;
  return { contract, decided: decide(contract, policy, { now: 0, crypto: nobleCrypto, judge: guardJudge }) };
}

function admitted(row: JsonObject, valid: Json): readonly (string | undefined)[] {
  const found = schemaViolations(cscSchemas.contract.schema, row["contract"] ?? null);
  return [
    differs("contract_schema_valid", valid, found.length === 0),
    ...policyProblems(objectIn(row, "policy")).map(({ text }) => text),
  ];
}

function asSet(effects: unknown): readonly string[] {
  const list = Array.isArray(effects) ? effects : [];
  return [
    ...new Set(list.map((one: { command_id: string; effect_type: string }) => `${one.command_id} ${one.effect_type}`)),
  ].sort();
}
