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
import { noteStricter } from "./notes.ts";
import { isTighten, objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges a conformance decision. */
export const conformanceDecisionRow: RowReader = (row) => {
  rowWith(row, ["contract", "policy", "expected_decision", "expected_reason_codes"], ["expected_classified_effects"]);
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
  rowWith(row, ["contract", "policy", "contract_schema_valid", "reference"]);
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
  const suggested = row["suggested"] === undefined ? {} : objectIn(row, "suggested");
  const wanted = suggested["decision"];
  if (typeof wanted === "string" && wanted.startsWith("reject")) {
    return [contractProblems(row["contract"] ?? null).length > 0 ? undefined : "the loader takes it"];
  }
  const { decided } = decidedOf(row);
  if (wanted === undefined) return [isStricter(row, decided) ? undefined : "as wrong as the reference"];
  const [code = ""] = suggested["reason_code"] === undefined ? [] : textIn(suggested, "reason_code").split(" ");
  const codes: readonly string[] = decided.reason_codes;
  const isNamed = code === "" || code === "-" || codes.includes(code);
  if (!isNamed && OTHER_NAMES.get(code)?.some((other) => codes.includes(other)) === true) {
    noteStricter(textIn(row, "id"), `\`${codes.join(", ")}\` where \`${code}\` is suggested`);
    return [differs("decision", wanted, decided.decision)];
  }
  return [
    differs("decision", wanted, decided.decision),
    isNamed ? undefined : `\`${code}\` is not among ${codes.join(", ")}`,
  ];
}

// A shell behind an allowed tool has no code in the registry (spec/csc.md §2.4, F-22); the house gave it codes of its own.
const OTHER_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["COMMAND_NOT_ALLOWED", ["INTERPRETER_NOT_ALLOWED", "GUARD_DENIED"]],
  ["ARGV_PREFIX_DENIED", ["INTERPRETER_NOT_ALLOWED", "GUARD_DENIED"]],
]);

const RANK: readonly Json[] = ["allow", "needs_approval", "deny"];

function isStricter(row: JsonObject, decided: Decided): boolean {
  const { decision } = objectIn(row, "reference");
  return RANK.indexOf(decided.decision) > RANK.indexOf(decision ?? null);
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
