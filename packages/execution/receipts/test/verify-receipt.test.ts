import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, decodeHex, encodeHex, type JsonObject, nobleCrypto, utf8Encode } from "@ces/kernel";
import { EMPTY_CHAIN, readJwks, verifyReceipt, verifyReceiptValue } from "@ces/receipts";
import { property, assert as hold, integer, nat } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anchors,
  at,
  codes,
  decision,
  foreign,
  jwk,
  next,
  options,
  otherSigner,
  signedBy,
  signer,
} from "./receipt-makers.ts";

const good = next(decision, EMPTY_CHAIN);

describe("a fresh receipt", () => {
  test("is valid, and the report says what was attested", () => {
    expect(verifyReceipt(good.text, options)).toEqual({
      outcome: "valid",
      causes: [],
      other_findings: [],
      warnings: [{ code: "no_window", path: "/kid", text: "the key has no window: it counts for ever" }],
      shape: "acta-envelope",
      kid: signer.kid,
      type: "protectmcp:decision",
      key_source: "jwks",
      key_status: "no_window",
      payload_hash: expect.stringMatching(/^sha256:/),
      receipt_hash: good.hash,
      attested: Object.keys(good.receipt.payload)
        .toSorted()
        .map((name) => `payload.${name}`),
      unattested: ["signature.alg", "signature.kid"],
    });
  });

  test("any byte flipped is refused, by either cryptography", () => {
    const bytes = utf8Encode(good.text);
    hold(
      property(nat(bytes.length - 1), integer({ min: 1, max: 255 }), (place, mask) => {
        const flipped = bytes.slice();
        flipped[place] = (flipped[place] ?? 0) ^ mask;
        const report = verifyReceipt(flipped, options);
        expect(report.outcome).not.toBe("valid");
        expect(report.attested).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    hold(
      property(nat(bytes.length - 1), (place) => {
        const flipped = bytes.slice();
        flipped[place] = (flipped[place] ?? 0) ^ 1;
        expect(verifyReceipt(flipped, { ...options, crypto: nobleCrypto }).outcome).not.toBe("valid");
      }),
      { numRuns: 20 },
    );
  });

  test("the order and the blanks of its text do not matter", () => {
    const { payload, signature } = good.receipt;
    const reversed = Object.fromEntries(Object.entries(payload).toReversed());
    const text = JSON.stringify({ signature, payload: reversed }, null, 3);
    expect(verifyReceipt(text, options)).toMatchObject({ outcome: "valid", receipt_hash: good.hash });
    expect(verifyReceiptValue(JSON.parse(text), options).outcome).toBe("valid");
  });
});

describe("keys", () => {
  const text = signedBy(foreign());
  const judged = (keys: unknown[], more = {}) =>
    verifyReceipt(text, { crypto: nodeCrypto, anchors: { jwks: readJwks({ keys } as JsonObject)! }, ...more });
  const own = (more: object = {}) => jwk(signer.public_key, signer.kid, more);

  test.each<readonly [string, unknown[], string, string | null]>([
    ["no keys", [], "undecidable", "no_public_key"],
    ["another kid", [own({ kid: "else" })], "undecidable", "unknown_kid"],
    ["the kid twice", [own(), own()], "undecidable", "ambiguous_kid"],
    ["a private part", [own({ d: "AA" })], "undecidable", "unusable_key"],
    ["another curve", [own({ crv: "X25519" })], "undecidable", "unusable_key"],
    ["for encryption", [own({ use: "enc" })], "undecidable", "unusable_key"],
    ["for another algorithm", [own({ alg: "ES256" })], "undecidable", "unusable_key"],
    ["not for verifying", [own({ key_ops: ["sign"] })], "undecidable", "unusable_key"],
    ["31 bytes", [own({ x: "AAAA" })], "undecidable", "unusable_key"],
    [
      "the identity point",
      [own({ x: "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })],
      "undecidable",
      "weak_public_key",
    ],
    ["another key under the kid", [jwk(otherSigner.public_key, signer.kid)], "invalid", "invalid_signature"],
    ["a bad neighbour", [own(), { kty: "RSA", kid: "x" }, "junk"], "valid", null],
    ["a window around it", [own({ valid_from: at(-1), valid_until: at(1) })], "valid", null],
    ["a window that begins with it", [own({ valid_from: at(0) })], "valid", null],
    ["a window that begins after it", [own({ valid_from: at(1) })], "invalid", "key_outside_validity_window"],
    ["a window that ends with it", [own({ valid_until: at(0) })], "invalid", "key_outside_validity_window"],
    ["a window that cannot be read", [own({ valid_from: "soon" })], "undecidable", "key_window_unusable"],
    ["a revocation before it", [own({ revoked_at: at(0) })], "invalid", "key_revoked"],
    ["a revocation after it", [own({ revoked_at: at(1) })], "valid", null],
    ["a revocation that cannot be read", [own({ revoked_at: true })], "undecidable", "key_window_unusable"],
  ])("%s", (_, keys, outcome, cause) => {
    const report = judged(keys);
    expect({ outcome: report.outcome, causes: codes(report.causes) }).toEqual({
      outcome,
      causes: cause === null ? [] : [cause],
    });
  });

  test("a revocation that is not to be honoured is still told", () => {
    const report = judged([own({ revoked_at: at(0) })], { revocation: "ignore" });
    expect(report.outcome).toBe("valid");
    expect(codes(report.warnings)).toContain("revocation_ignored");
  });

  test("an explicit key takes a window only from an entry that means the same key", () => {
    const ended = { valid_until: at(-1) };
    const judgedBy = (entry: object) =>
      verifyReceipt(text, {
        crypto: nodeCrypto,
        anchors: { key: signer.public_key, jwks: readJwks({ keys: [entry] } as JsonObject)! },
      }).outcome;
    expect(judgedBy(own(ended))).toBe("invalid");
    expect(judgedBy(jwk(otherSigner.public_key, signer.kid, ended))).toBe("valid");
    expect(judgedBy(own({ ...ended, kid: "else" }))).toBe("valid");
  });

  test("a small-order key verifies nothing, in either cryptography", () => {
    const weak = decodeHex(`01${"0".repeat(62)}`)!;
    for (const crypto of [nodeCrypto, nobleCrypto])
      expect(codes(verifyReceipt(text, { crypto, anchors: { key: weak } }).causes)).toEqual(["weak_public_key"]);
  });

  test("none is ever taken from the receipt, wherever it stands", () => {
    const key = encodeHex(signer.public_key);
    const { payload, signature } = JSON.parse(signedBy(foreign({ public_key: key })));
    const places = [
      { payload, signature },
      { payload, signature: { ...signature, jwk: own() } },
      { payload, signature, pubkey: key },
      {
        v: 2,
        type: "x",
        algorithm: "ed25519",
        kid: "x",
        issued_at: at(0),
        payload,
        signature: signature.sig,
        public_key: key,
      },
    ];
    for (const receipt of places) {
      const report = verifyReceipt(JSON.stringify(receipt), { crypto: nodeCrypto, anchors: {} });
      expect({ outcome: report.outcome, causes: codes(report.causes) }).toEqual({
        outcome: "undecidable",
        causes: ["embedded_key_rejected"],
      });
    }
  });
});

describe("what a receipt says is judged once its signature holds", () => {
  test.each<readonly [string, JsonObject, readonly string[]]>([
    ["no type", foreign({ type: 7 }), ["schema_invalid"]],
    ["an impossible decision", foreign({ decision: "maybe" }), ["schema_invalid"]],
    [
      "no tool at all",
      { type: "protectmcp:decision", decision: "allow", issued_at: at(0), issuer_id: signer.kid },
      ["schema_invalid"],
    ],
    ["a time without zone", foreign({ issued_at: "2026-07-15T12:00:00" }), ["schema_invalid"]],
    ["a null link", foreign({ previousReceiptHash: null }), ["schema_invalid"]],
    ["an empty link", foreign({ previousReceiptHash: "" }), ["schema_invalid"]],
    ["a link in no form", foreign({ previousReceiptHash: `sha256:${"A".repeat(64)}` }), ["chain_link_malformed"]],
    ["another issuer", foreign({ issuer_id: "somebody" }), ["issuer_kid_mismatch"]],
    ["a score of a restraint", foreign({ type: "protectmcp:restraint" }), ["schema_invalid", "schema_invalid"]],
    ["a root that is none", foreign({ committed_fields_root: "x" }), ["schema_invalid"]],
    ["an algorithm inside that is another", foreign({ sig_alg: "none" }), ["schema_invalid"]],
    ["an execution with a stranger's member", foreign({ type: "ces:execution" }), []],
  ])("%s", (name, payload, expected) => {
    const report = verifyReceipt(signedBy(payload), options);
    expect(report.outcome).toBe("invalid");
    if (name.startsWith("an execution")) expect(codes(report.causes)).toContain("unexpected_member");
    else expect(codes(report.causes)).toEqual(expected);
  });

  test("all of it, not the first; and beside a broken signature it is told apart", () => {
    const payload = foreign({ decision: "maybe", issuer_id: "x", issued_at: "now" });
    const text = signedBy(payload);
    expect(codes(verifyReceipt(text, options).causes).toSorted()).toEqual([
      "issuer_kid_mismatch",
      "schema_invalid",
      "schema_invalid",
    ]);
    const broken = verifyReceipt(text.replace('"maybe"', '"perhaps"'), options);
    expect(codes(broken.causes)).toEqual(["invalid_signature"]);
    expect(codes(broken.other_findings).toSorted()).toEqual([
      "issuer_kid_mismatch",
      "schema_invalid",
      "schema_invalid",
    ]);
  });

  test("members nobody knows do no harm inside, and are refused outside", () => {
    expect(verifyReceipt(signedBy(foreign({ flavour: { of: ["anything", 0.5] } })), options).outcome).toBe("valid");
    const beside = { ...JSON.parse(signedBy(foreign())), note: "approved by the board" };
    const report = verifyReceipt(JSON.stringify(beside), options);
    expect(codes(report.causes)).toEqual(["unexpected_member"]);
    expect(report.unattested).toEqual(["note", "signature.alg", "signature.kid"]);
  });

  test("what the reader expected", () => {
    const text = signedBy(foreign({ policy_digest: "sha256:1" }));
    expect(verifyReceipt(text, { ...options, expect_policy: "sha256:1", expect_issuer: signer.kid }).outcome).toBe(
      "valid",
    );
    expect(codes(verifyReceipt(text, { ...options, expect_policy: "sha256:2", expect_issuer: "me" }).causes)).toEqual([
      "policy_digest_mismatch",
      "issuer_unexpected",
    ]);
    expect(codes(verifyReceipt(signedBy(foreign()), { ...options, expect_policy: "sha256:2" }).causes)).toEqual([
      "policy_digest_mismatch",
    ]);
  });

  test("a sandbox that nobody looked at, and none", () => {
    const warned = (more: JsonObject) => codes(verifyReceipt(signedBy(foreign(more)), options).warnings);
    expect(warned({ sandbox_backend: "nono" })).toContain("sandbox_unobserved");
    expect(warned({ sandbox_backend: "none" })).toContain("sandbox_disabled");
    expect(warned({ issuer_certification: "ephemeral" })).toContain("ephemeral_key");
  });
});

describe("signers that went wrong are told how", () => {
  const signedOver = (payload: JsonObject, bytes: Uint8Array): string =>
    JSON.stringify({ payload, signature: { alg: "EdDSA", kid: signer.kid, sig: encodeHex(signer.sign(bytes)) } });
  const canonical = (payload: JsonObject) => utf8Encode(canonicalize(payload, "rfc8785"));

  test.each<readonly [string, Uint8Array]>([
    ["pretty-printed", utf8Encode(JSON.stringify(foreign(), null, 2))],
    ["in the order it was written", utf8Encode(JSON.stringify(foreign()))],
    ["an erratum", nodeCrypto.sha256(canonical(foreign()))],
  ])("%s", (words, bytes) => {
    const report = verifyReceipt(signedOver(foreign(), bytes), options);
    expect(codes(report.causes)).toEqual(["invalid_signature", "legacy_non_jcs_signature"]);
    expect(report.causes[1]?.text).toContain(words);
  });

  test("the pre-hashed form is read only when it is asked for by name", () => {
    const text = signedOver(foreign(), nodeCrypto.sha256(canonical(foreign())));
    const report = verifyReceipt(text, { ...options, accept: ["prehashed_signature"] });
    expect(report.outcome).toBe("valid");
    expect(codes(report.warnings)).toContain("legacy_signature");
    const pretty = signedOver(foreign(), utf8Encode(JSON.stringify(foreign(), null, 2)));
    expect(verifyReceipt(pretty, { ...options, accept: ["prehashed_signature"] }).outcome).toBe("invalid");
  });
});

test.each<readonly [string, string, string]>([
  ["nothing", "", "malformed_json"],
  ["two values", "{}{}", "malformed_json"],
  ["a byte order mark", `\ufeff${good.text}`, "malformed_json"],
  ["a list", "[]", "unknown_format"],
  ["a version nobody knows", '{"v":3,"payload":{},"signature":"x"}', "unknown_format"],
  [
    "a number that is not exact",
    signedBy(foreign({ n: 1 })).replace('"n":1', '"n":9007199254740993'),
    "number_not_exact",
  ],
  ["depth", `${"[".repeat(100)}${"]".repeat(100)}`, "too_deep"],
  ["size", `"${"x".repeat(1024 * 1024)}"`, "input_too_large"],
  ["a member of the prototype", '{"payload":{"__proto__":{}},"payload":{},"signature":{}}', "duplicate_key"],
])("what cannot be read is undecidable: %s", (_, text, cause) => {
  const report = verifyReceipt(text, { crypto: nodeCrypto, anchors });
  expect({ outcome: report.outcome, causes: codes(report.causes) }).toEqual({
    outcome: "undecidable",
    causes: [cause],
  });
});

describe("what the drafts leave no room for, and what they do", () => {
  const cited = (n: string) => `draft-farley-acta-signed-receipts-${n}`;
  test.each<readonly [string, JsonObject, readonly string[]]>([
    ["require_approval before -03", { decision: "require_approval", spec: cited("02") }, ["schema_invalid"]],
    ["require_approval of -03", { decision: "require_approval", spec: cited("03") }, []],
    ["require_approval of no draft", { decision: "require_approval" }, []],
    ["rate_limit of -01", { decision: "rate_limit", spec: cited("01") }, []],
    ["a long reason", { reason: "x".repeat(900 * 1024) }, []],
  ])("%s", (_, more, expected) => {
    expect(codes(verifyReceipt(signedBy(foreign(more)), options).causes)).toEqual(expected);
  });

  const agt = (type: string, more: JsonObject = {}): string => {
    const payload = { type, policy_id: "p", policy_hash: "h", decision: "allow", action: "a", agent_id: "d", ...more };
    const receipt = { v: 2, type, algorithm: "ed25519", kid: signer.kid, issuer: "i", issued_at: at(0), payload };
    const sig = encodeHex(signer.sign(utf8Encode(canonicalize(receipt, "rfc8785"))));
    return JSON.stringify({ ...receipt, signature: sig });
  };
  test.each<readonly [string, string, readonly string[]]>([
    ["its rings are 2 and 3", agt("agt:ring_4_decision", { ring: 3 }), ["schema_invalid", "schema_invalid"]],
    ["ring 2", agt("agt:ring_2_decision", { ring: 2 }), []],
    ["a reason counts code points", agt("agt:ring_2_decision", { ring: 2, reason: "😀".repeat(256) }), []],
    ["up to 256", agt("agt:ring_2_decision", { ring: 2, reason: "😀".repeat(257) }), ["schema_invalid"]],
  ])("the AGT profile: %s", (_, text, expected) => {
    expect(codes(verifyReceipt(text, options).causes)).toEqual(expected);
  });

  test("a gate's tuple is no receipt", () => {
    const { payload } = JSON.parse(signedBy(foreign()));
    const tuple = { payload, digest: "0".repeat(64), signature: "0".repeat(128), verification_key: "0".repeat(64) };
    expect(codes(verifyReceiptValue(tuple, options).causes)).toEqual(["unknown_format"]);
  });

  test("a key that is no point of the curve says nothing about a receipt, in either cryptography", () => {
    const key = decodeHex(`02${"00".repeat(31)}`)!;
    for (const crypto of [nodeCrypto, nobleCrypto]) {
      const report = verifyReceipt(signedBy(foreign()), { crypto, anchors: { key } });
      expect({ outcome: report.outcome, causes: codes(report.causes) }).toEqual({
        outcome: "undecidable",
        causes: ["unusable_key"],
      });
    }
  });
});
