// Approvals as the reference validates them: bound to a contract and a time, whoever wrote them.

import { readApproval, verifyApproval } from "@ces/contract";
import { nobleCrypto, type Json, type JsonObject } from "@ces/kernel";
import { differs, judge, pass, vectorFault } from "../suite.ts";
import { noteStricter } from "./notes.ts";
import { isObject, isTighten, jsonBytes, objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges an approval. */
export const approvalRow: RowReader = (row) => {
  rowWith(row, ["approval", "contract_sha256", "now", "reference"]);
  const got = outcomeOf(row);
  if (isTighten(row)) return judge([got === "holds" ? `holds, although: ${String(row["suggested"])}` : undefined]);
  const { ok, reason } = objectIn(row, "reference");
  if (ok === true && got === "future") {
    noteStricter(textIn(row, "id"), "an approval of the future is refused");
    return pass;
  }
  return judge([differs("ok", ok, got === "holds"), ok === true ? undefined : differs("reason", reason, got)]);
};

function outcomeOf(row: JsonObject): string {
  const read = readApproval(jsonBytes(expanded(row["approval"] ?? null)), nobleCrypto);
  if (read.kind === "refused") return "schema";
  const verdict = verifyApproval(read.value, {
    contract_sha256: textIn(row, "contract_sha256"),
    policy_sha256: "",
    now: momentOf(textIn(row, "now")),
    crypto: nobleCrypto,
    approvers: "unauthenticated",
  });
  return verdict.kind === "holds" ? "holds" : verdict.reason;
}

// The reference's clock has millionths of a second, and a row may leave its zone out: UTC.
function momentOf(now: string): number {
  const [, date, fraction = "0", zone = ""] = /^([^.]*?)(\.\d+)?(Z|[-+]\d\d:\d\d)?$/.exec(now) ?? [];
  const moment = Date.parse(`${date}${zone === "" ? "Z" : zone}`) + Number(fraction) * 1000;
  if (Number.isNaN(moment)) throw vectorFault(`\`${now}\` is no moment`);
  return moment;
}

// Long texts are written as `{repeat, times}`.
function expanded(value: Json): Json {
  if (!isObject(value)) return value;
  const { repeat, times } = value;
  if (typeof repeat === "string" && typeof times === "number") return repeat.repeat(times);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, expanded(member)]));
}
