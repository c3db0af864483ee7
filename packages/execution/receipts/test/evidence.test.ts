import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, encodeHex, type Json, type JsonObject, utf8Encode } from "@ces/kernel";
import { verifyEvidence } from "@ces/receipts";
import { expect, test } from "vitest";
import { foreign, otherSigner, signer } from "./receipt-makers.ts";

const receipt_key = { public_key: signer.public_key, control_domain: "agent" };
const custodian = { public_key: otherSigner.public_key, control_domain: "custodian" };
const ground = {
  receipt_key,
  source_keys: new Map([
    ["custodian", custodian],
    ["own", receipt_key],
    ["cousin", { ...custodian, control_domain: "agent" }],
    ["nobody", { ...custodian, control_domain: "" }],
  ]),
  crypto: nodeCrypto,
};

const entry = (more: JsonObject = {}, kid = "custodian", by = otherSigner): JsonObject => {
  const claim = { dimension: "provenance", ref: "sha256:1", state: "satisfied", as_of: "2026-07-11T11:59:00Z" };
  const sig = encodeHex(by.sign(utf8Encode(canonicalize(claim, "rfc8785"))));
  const { dimension, state, as_of, ref } = claim;
  return { dimension, state, as_of, source: { authority: "c", ref, kid, sig }, ...more };
};
const judged = (one: Json) => verifyEvidence(foreign({ evidence: [one] }), ground)[0];
const source = entry()["source"] as JsonObject;

test("a source's own word under its own key is independent", () => {
  expect(judged(entry())).toEqual({
    kind: "independent",
    dimension: "provenance",
    state: "satisfied",
    kid: "custodian",
  });
});

test.each<readonly [string, Json, string]>([
  ["no signature", entry({ source: { authority: "c", ref: "sha256:1" } }), "source_unsigned"],
  ["a kid nobody knows", entry({}, "stranger"), "source_key_unknown"],
  [
    "a signature without a kid",
    entry({ source: { authority: "c", ref: "sha256:1", sig: source["sig"]! } }),
    "source_key_unknown",
  ],
  ["signed by the receipt's key", entry({}, "custodian", signer), "source_signature_invalid"],
  ["the receipt's own key", entry({}, "own", signer), "source_key_not_independent"],
  ["another key of the same hands", entry({}, "cousin"), "source_key_not_independent"],
  ["a key in nobody's hands", entry({}, "nobody"), "source_key_not_independent"],
  ["another state", entry({ state: "failed" }), "source_signature_invalid"],
  ["another time", entry({ as_of: "2026-07-12T00:00:00Z" }), "source_signature_invalid"],
  ["another reference", entry({ source: { ...source, ref: "sha256:2" } }), "source_signature_invalid"],
  ["another algorithm", entry({ source: { ...source, alg: "none" } }), "source_signature_invalid"],
  [
    "an upper-case signature",
    entry({ source: { ...source, sig: String(source["sig"]).toUpperCase() } }),
    "source_signature_invalid",
  ],
  ["a dimension nobody registered", entry({ dimension: "vibes" }), "schema_invalid"],
  ["a vendor without a name", entry({ dimension: "x-:y" }), "schema_invalid"],
  ["a time that is none", entry({ as_of: "soon" }), "schema_invalid"],
  ["no object", "evidence", "schema_invalid"],
])("%s is the signer's own assertion", (_, one, cause) => {
  expect(judged(one)).toMatchObject({ kind: "assertion", cause });
});

test("no evidence is no entry", () => {
  expect(verifyEvidence(foreign(), ground)).toEqual([]);
});
