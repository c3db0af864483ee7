// Receipts of the reference verify here, and ours there: recorded texts of both, each verified by the other.

import { type ExecutionReceipt, receiptText, verifyReceipt } from "@ces/contract";
import { receiptPayload } from "@ces/contract/reference";
import { nodeCrypto } from "@ces/crypto-node";
import { decodeHex, nobleCrypto, parseJson, sha256Hex } from "@ces/kernel";
import { differs, judge, vectorFault } from "../suite.ts";
import { isObject, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges a recorded receipt: the text it is written as, the bytes that are signed, the signature. */
export const interchangeRow: RowReader = (row) => {
  rowWith(row, ["origin", "public_key_hex", "payload_sha256", "text"]);
  const text = textIn(row, "text");
  const parsed = parseJson(text);
  const public_key = decodeHex(textIn(row, "public_key_hex"));
  if (parsed.kind === "refused" || !isObject(parsed.value) || public_key === undefined) {
    throw vectorFault(`${textIn(row, "id")} holds no receipt or no key`);
  }
  const receipt = parsed.value;
  return judge([
    differs("payload", row["payload_sha256"], sha256Hex(nobleCrypto, receiptPayload(receipt))),
    differs("text", text, receiptText(receipt as unknown as ExecutionReceipt)),
    ...[nobleCrypto, nodeCrypto].map((crypto) =>
      differs("verdict", "valid", verifyReceipt(receipt, () => ({ public_key }), crypto).kind),
    ),
  ]);
};
