import { nodeCrypto } from "@ces/crypto-node";
import { utf8Decode, utf8Encode } from "@ces/kernel";
import {
  dsseEnvelope,
  EMPTY_CHAIN,
  openDsse,
  preAuthEncoding,
  STATEMENT_MEDIA_TYPE,
  statementBytes,
  toStatement,
  verifyReceiptValue,
} from "@ces/receipts";
import { dsse } from "@sigstore/core";
import { assert as hold, property, string, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { decision, next, options, otherSigner, signer } from "./receipt-makers.ts";

const { receipt, hash } = next(decision, EMPTY_CHAIN);

test("the encoding under the signature is DSSE's own example", () => {
  const encoded = preAuthEncoding("http://example.com/HelloWorld", utf8Encode("hello world"));
  expect(utf8Decode(encoded)).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  expect(utf8Decode(preAuthEncoding("ü", utf8Encode("é")))).toBe("DSSEv1 2 ü 2 é");
});

test("the encoding is sigstore's, for any type and any body", () => {
  hold(
    property(string({ unit: "grapheme" }), uint8Array(), (type, body) => {
      expect(Buffer.from(preAuthEncoding(type, body))).toEqual(dsse.preAuthEncoding(type, Buffer.from(body)));
    }),
  );
});

test("a statement is about the receipt, and holds it whole", () => {
  const about = { name: "tree", digest: { sha256: "0".repeat(64) } };
  const statement = toStatement(receipt, nodeCrypto, [about]);
  expect(statement).toEqual({
    _type: "https://in-toto.io/Statement/v1",
    subject: [about, { name: expect.stringMatching(/^receipt:/), digest: { sha256: hash.slice(7) } }],
    predicateType: "urn:ces:acta-receipt:v1",
    predicate: receipt,
  });
  expect(verifyReceiptValue(statement.predicate, options).outcome).toBe("valid");
});

test("an envelope opens under its key, under no other, and not when anything in it changed", () => {
  const bytes = statementBytes(toStatement(receipt, nodeCrypto));
  const envelope = dsseEnvelope(STATEMENT_MEDIA_TYPE, bytes, signer);
  expect(openDsse(envelope, signer.public_key, nodeCrypto)).toBe(utf8Decode(bytes));
  expect(openDsse(envelope, otherSigner.public_key, nodeCrypto)).toBeUndefined();
  for (const changed of [
    { ...envelope, payloadType: "text/plain" },
    { ...envelope, payload: `${envelope.payload.slice(0, -4)}AAA=` },
    { ...envelope, payload: "*" },
    { ...envelope, signatures: [] },
    { ...envelope, signatures: [{ keyid: signer.kid, sig: "AAAA" }] },
  ])
    expect(openDsse(changed, signer.public_key, nodeCrypto)).toBeUndefined();
});
