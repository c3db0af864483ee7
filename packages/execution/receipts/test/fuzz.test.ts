// Nothing that anybody can write makes a verifier throw, and nothing but what was signed makes it say valid.
import { nodeCrypto } from "@ces/crypto-node";
import type { Json } from "@ces/kernel";
import {
  EMPTY_CHAIN,
  readAnchor,
  readJwks,
  readPolicyBundle,
  verifyBundle,
  verifyChain,
  verifyDisclosure,
  verifyEvidence,
  verifyReceipt,
  verifyReceiptValue,
  verifyTrustHeader,
  signReceipt,
  readCallerClaims,
} from "@ces/receipts";
import {
  assert as hold,
  type Arbitrary,
  constantFrom,
  dictionary,
  jsonValue,
  letrec,
  oneof,
  property,
  string,
  uint8Array,
  array,
  anything,
} from "fast-check";
import { expect, test } from "vitest";
import { anchors, chainOf, decision, foreign, next, options, signedBy, signer } from "./receipt-makers.ts";

const NAMES = [
  "payload",
  "signature",
  "sig",
  "alg",
  "kid",
  "v",
  "type",
  "algorithm",
  "issued_at",
  "issuer_id",
  "receipts",
  "evidence",
  "previousReceiptHash",
  "keys",
  "x",
  "kty",
  "crv",
  "proof",
  "__proto__",
  "valid_from",
  "delegation_chain",
  "attestations",
  "count",
  "terminal_hash",
];
const WORDS = [
  "EdDSA",
  "ed25519",
  "OKP",
  "Ed25519",
  signer.kid,
  "protectmcp:decision",
  "2026-07-15T12:00:00Z",
  "0".repeat(128),
  "sha256:" + "0".repeat(64),
];

// JSON that knows the format's words, so that it gets past the first question.
const shaped: Arbitrary<Json> = letrec<{ value: Json; object: Json }>((tie) => ({
  value: oneof(
    { depthSize: "small" },
    constantFrom<Json>(...WORDS, 1, 2, -1, null, true, ""),
    jsonValue() as Arbitrary<Json>,
    tie("object"),
    array(tie("value"), { maxLength: 3 }),
  ),
  object: dictionary(constantFrom(...NAMES), tie("value"), { maxKeys: 6 }),
})).object;

const text = oneof(
  shaped.map((value) => JSON.stringify(value)),
  string(),
  string({ unit: "binary" }),
);

test("texts and values", () => {
  hold(
    property(text, shaped, (one, value) => {
      expect(verifyReceipt(one, options).outcome).not.toBe("valid");
      expect(verifyReceiptValue(value, options).outcome).not.toBe("valid");
      expect(verifyBundle(one, options).outcome).not.toBe("valid");
      expect(verifyChain([one, { value }], { ...options, checkpoint: value, log_entries: [value] }).outcome).not.toBe(
        "valid",
      );
      expect(readPolicyBundle(one, nodeCrypto).outcome).not.toBe("valid");
      expect(verifyTrustHeader(value, { keys: new Map(), crypto: nodeCrypto }).verdict).not.toBe("valid");
    }),
    { numRuns: 1500 },
  );
});

test("parts of a good receipt exchanged for anything", () => {
  const good = next(decision, EMPTY_CHAIN).receipt;
  hold(
    property(shaped, constantFrom("payload", "signature", "v", "type", "extra"), (value, name) => {
      const report = verifyReceiptValue({ ...good, [name]: value } as Json, options);
      expect(report.outcome).not.toBe("valid");
    }),
    { numRuns: 1000 },
  );
});

test("bytes, keys, disclosures and evidence", () => {
  const good = signedBy(foreign());
  hold(
    property(uint8Array({ maxLength: 200 }), shaped, (bytes, value) => {
      expect(verifyReceipt(bytes, options).outcome).toBe("undecidable");
      readAnchor(bytes);
      readCallerClaims(value);
      const jwks = readJwks(value);
      if (jwks !== undefined) verifyReceipt(good, { crypto: nodeCrypto, anchors: { jwks } });
      expect(verifyDisclosure("0".repeat(64), value, nodeCrypto)).not.toEqual([]);
      const ground = {
        receipt_key: { public_key: signer.public_key, control_domain: "a" },
        source_keys: new Map(),
        crypto: nodeCrypto,
      };
      verifyEvidence({ evidence: [value] }, ground);
    }),
    { numRuns: 1000 },
  );
});

test("keys of any length, and nothing signed out of anything", () => {
  const { texts } = chainOf(1);
  hold(
    property(uint8Array({ maxLength: 40 }), anything(), (key, draft) => {
      const report = verifyReceipt(texts[0]!, { crypto: nodeCrypto, anchors: { key } });
      expect(report.outcome).not.toBe("valid");
      const object = typeof draft === "object" && draft !== null ? draft : {};
      const signing = { signer, head: EMPTY_CHAIN, issued_at: "2026-07-15T12:00:00Z", crypto: nodeCrypto };
      expect(signReceipt({ ...decision, ...object, extra: draft } as typeof decision, signing).kind).toBe("refused");
    }),
    { numRuns: 1000 },
  );
  expect(verifyReceipt(texts[0]!, { crypto: nodeCrypto, anchors }).outcome).toBe("valid");
});
