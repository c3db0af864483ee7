// Receipt signatures: made, and verified.

import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  type ExecutionReceipt,
  readPrivateKey,
  readPublicKey,
  seedKey,
  signReceipt,
  verifyReceipt,
} from "@ces/contract";
import { receiptPayload } from "@ces/contract/reference";
import { nodeCrypto } from "@ces/crypto-node";
import {
  decodeHex,
  encodeBase64,
  encodeHex,
  nobleCrypto,
  sha256Hex,
  utf8Decode,
  type Crypto,
  type JsonObject,
} from "@ces/kernel";
import { differs, judge, vectorFault } from "../suite.ts";
import { noteStricter } from "./notes.ts";
import { objectIn, rowWith, textIn, type RowReader } from "./row.ts";

/** Judges a signature: payload, value, and every form the key may have. */
export const signingRow: RowReader = (row) => {
  rowWith(row, ["receipt", "key", "key_id", "signed_at", "payload_utf8", "payload_sha256", "signature_base64"]);
  const receipt = objectIn(row, "receipt") as unknown as ExecutionReceipt;
  const seed = hexOf(textIn(objectIn(row, "key"), "seed_hex"));
  const [key_id, signed_at] = [textIn(row, "key_id"), textIn(row, "signed_at")];
  const signed = signReceipt(receipt, seedKey(seed, { key_id, signed_at, crypto: nobleCrypto }));
  const other = signReceipt(receipt, seedKey(seed, { key_id, signed_at, crypto: nodeCrypto }));
  const payload = receiptPayload(signed as unknown as JsonObject);
  return judge([
    differs("payload", row["payload_utf8"], utf8Decode(payload)),
    differs("payload_sha256", row["payload_sha256"], sha256Hex(nobleCrypto, payload)),
    differs("signature", row["signature_base64"], signed.signature.signature),
    differs("signature by node", row["signature_base64"], other.signature.signature),
    ...keyForms(objectIn(row, "key"), seed),
  ]);
};

function keyForms(key: JsonObject, seed: Uint8Array): readonly (string | undefined)[] {
  const pkcs8 = Buffer.from(textIn(key, "pkcs8_der_base64"), "base64");
  const spki = Buffer.from(textIn(key, "spki_der_base64"), "base64");
  const raw = hexOf(textIn(key, "public_raw_hex"));
  const privatePem = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({
    format: "pem",
    type: "pkcs8",
  });
  const publicPem = createPublicKey({ key: spki, format: "der", type: "spki" }).export({ format: "pem", type: "spki" });
  const privates = [seed, new Uint8Array([...seed, ...raw]), new Uint8Array(pkcs8), bytesOf(privatePem.toString())];
  const publics = [
    raw,
    new Uint8Array(spki),
    bytesOf(publicPem.toString()),
    bytesOf(encodeBase64(raw)),
    bytesOf(spki.toString("base64")),
  ];
  return [
    ...privates.map((form) => differs("seed", encodeHex(seed), hexOfRead(readPrivateKey(form)))),
    ...publics.map((form) => differs("public key", encodeHex(raw), hexOfRead(readPublicKey(form)))),
  ];
}

/** Judges a verification under both implementations of the crypto port. */
export const verifyRow: RowReader = (row) => {
  rowWith(row, ["receipt", "public_keys_raw_hex", "reference"]);
  const reference = objectIn(row, "reference");
  return judge([nobleCrypto, nodeCrypto].flatMap((crypto) => verdictDiffers(row, reference, crypto)));
};

function verdictDiffers(row: JsonObject, reference: JsonObject, crypto: Crypto): readonly (string | undefined)[] {
  const keys = objectIn(row, "public_keys_raw_hex");
  const receipt = row["receipt"] ?? null;
  const keyOf = (key_id: string) => {
    const key = keys[key_id];
    return typeof key === "string" ? { public_key: hexOf(key) } : undefined;
  };
  const verdict = verifyReceipt(receipt, keyOf, crypto);
  if (reference["valid"] === true && verdict.kind !== "valid" && verdict.reason === "schema") {
    // F-36: the schema is asked last, so that the signature held.
    noteStricter(textIn(row, "id"), `signed, and no receipt: ${verdict.text}`);
    return [];
  }
  if (
    verdict.kind !== "valid" &&
    verdict.reason === "invalid key material" &&
    reference["reason"] === "invalid signature"
  ) {
    noteStricter(textIn(row, "id"), "a key that is no point of its own spelling is no key");
    return [differs("valid", reference["valid"], false)];
  }
  return [
    differs("valid", reference["valid"], verdict.kind === "valid"),
    verdict.kind === "valid" || isWorded(reference["reason"], verdict.reason)
      ? undefined
      : differs("reason", reference["reason"], verdict.reason),
  ];
}

// The reference's sentence may say more than its category.
function isWorded(expected: unknown, reason: string): boolean {
  return (
    typeof expected === "string" && (expected === reason || expected.startsWith(reason) || reason.startsWith(expected))
  );
}

function hexOf(text: string): Uint8Array {
  const bytes = decodeHex(text);
  if (bytes === undefined) throw vectorFault(`\`${text}\` is not hex`);
  return bytes;
}

function hexOfRead(read: ReturnType<typeof readPublicKey>): string {
  return read.kind === "read" ? encodeHex(read.bytes) : read.text;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
