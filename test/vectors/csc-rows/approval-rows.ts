// Approvals as the reference validates them: bound to a contract and a time, whoever wrote them.

import { readApproval, verifyApproval } from "@ces/contract";
import { nobleCrypto, type Json, type JsonObject } from "@ces/kernel";
import { differs, judge } from "../suite.ts";
import { isObject, isTighten, jsonBytes, objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges an approval. */
export const approvalRow: RowReader = (row) => {
  rowWith(row, ["approval", "contract_sha256", "now", "reference"], ["parity", "note", "suggested"]);
  const got = outcomeOf(row);
  if (isTighten(row)) return judge([got === "holds" ? `holds, although: ${String(row["suggested"])}` : undefined]);
  const { ok, reason } = objectIn(row, "reference");
  return judge([differs("ok", ok, got === "holds"), ok === true ? undefined : differs("reason", reason, got)]);
};

function outcomeOf(row: JsonObject): string {
  const read = readApproval(jsonBytes(expanded(row["approval"] ?? null)), nobleCrypto);
  if (read.kind === "refused") return "schema";
  const verdict = verifyApproval(read.value, {
    contract_sha256: textIn(row, "contract_sha256"),
    policy_sha256: "",
    now: Date.parse(textIn(row, "now")),
    crypto: nobleCrypto,
    approvers: "unauthenticated",
  });
  return verdict.kind === "holds" ? "holds" : verdict.reason;
}

// Long texts are written as `{repeat, times}`.
function expanded(value: Json): Json {
  if (!isObject(value)) return value;
  const { repeat, times } = value;
  if (typeof repeat === "string" && typeof times === "number") return repeat.repeat(times);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, expanded(member)]));
}
