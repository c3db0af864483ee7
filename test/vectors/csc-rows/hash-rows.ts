// Canonical bytes and hashes of contracts and policies.

import { type CommandContract, contractSha256, policySha256, readPolicy } from "@ces/contract";
import { contractText, policyText } from "@ces/contract/reference";
import { nodeCrypto } from "@ces/crypto-node";
import { nobleCrypto, utf8Encode, type JsonObject } from "@ces/kernel";
import { differs, judge, pass } from "../suite.ts";
import { houseRule, isExtended, notedStricter } from "./notes.ts";
import { isTighten, objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges the hash of a contract under both implementations of the crypto port. */
export const contractHashRow: RowReader = (row) => {
  rowWith(row, ["contract", "canonical", "sha256"]);
  const contract = objectIn(row, "contract") as unknown as CommandContract;
  return judge([
    differs("canonical", row["canonical"], contractText(contract)),
    ...[nobleCrypto, nodeCrypto].map((crypto) => differs("sha256", row["sha256"], contractSha256(contract, crypto))),
  ]);
};

const CLASSES: ReadonlyMap<string, string> = new Map([
  ["INVALID_YAML", "yaml"],
  ["DUPLICATE_KEY", "yaml"],
  ["TOO_DEEP", "yaml"],
  ["NOT_A_MAPPING", "mapping"],
  ["SCHEMA", "schema"],
]);
const KNOWN_CLASSES = ["yaml", "mapping", "schema"];

/** Judges the loading and the hash of a policy's YAML. */
export const policyHashRow: RowReader = (row) => {
  rowWith(row, ["yaml", "reference"]);
  const reference = objectIn(row, "reference");
  const read = readPolicy(utf8Encode(textIn(row, "yaml")), nobleCrypto);
  if (read.kind === "read") {
    if (reference["error_class"] === "schema" && isExtended(row, read.value)) return pass;
    return judge([
      isTighten(row) ? `taken, although: ${JSON.stringify(row["suggested"])}` : undefined,
      differs("ok", reference["ok"], true),
      differs("policy_sha256", reference["policy_sha256"], read.sha256),
      differs("policy_sha256 of the value", reference["policy_sha256"], policySha256(read.value, nodeCrypto)),
      differs("canonical", reference["canonical"], policyText(read.value)),
    ]);
  }
  const [problem] = read.problems;
  if (isTighten(row)) return pass;
  const rule = houseRule(problem?.text ?? "");
  if (reference["ok"] === true) {
    return rule === undefined ? judge([`refused: ${problem?.text ?? ""}`]) : notedStricter(row, rule);
  }
  const expected = reference["error_class"];
  const known = typeof expected === "string" && KNOWN_CLASSES.includes(expected);
  const wrong = known ? differs("error_class", expected, CLASSES.get(problem?.code ?? "")) : undefined;
  return wrong !== undefined && rule !== undefined ? notedStricter(row, rule) : judge([wrong]);
};
