// ES256: read where somebody else signed so, never written. The key's kind decides what verifies, never the receipt.
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, encodeHex, type JsonObject, nobleCrypto, utf8Encode } from "@ces/kernel";
import { nobleP256 } from "@ces/kernel/p256";
import { type Anchors, readAnchor, readJwks, signReceipt, verifyChain, verifyReceipt } from "@ces/receipts";
import { describe, expect, test } from "vitest";
import { anchors as edAnchors, at, codes, decision, foreign, jwk, signer } from "./receipt-makers.ts";

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
const entry = { kty: "EC", crv: "P-256", kid: "es", x, y };
const point = Uint8Array.of(4, ...Buffer.from(x, "base64url"), ...Buffer.from(y, "base64url"));
const browser = { ...nobleCrypto, ...nobleP256 };

function es256(payload: JsonObject, key: KeyObject = pair.privateKey): string {
  const bytes = utf8Encode(canonicalize(payload, "rfc8785"));
  return sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }).toString("hex");
}
const receiptOf = (payload: JsonObject, sig = es256(payload), alg = "ES256"): string =>
  JSON.stringify({ payload, signature: { alg, kid: "es", sig } });
const payload = foreign({ issuer_id: "es", sig_alg: "ES256" });
const jwks = (...keys: readonly object[]): Anchors => ({ jwks: readJwks({ keys } as never)! });
const verified = (text: string, anchors: Anchors = jwks(entry)) => {
  const [node, noble] = [nodeCrypto, browser].map((crypto) => verifyReceipt(text, { crypto, anchors }));
  expect(noble).toEqual(node);
  return node!;
};

describe("a receipt that somebody signed with ES256", () => {
  test("is valid under a JWK, a JWK Set and a PEM, in Node and in a browser", () => {
    const anchor = (text: string): Anchors => {
      const read = readAnchor(utf8Encode(text));
      if (read.kind === "refused") throw new Error(read.text);
      return read.anchors;
    };
    for (const anchors of [
      jwks(entry),
      anchor(JSON.stringify({ keys: [entry] })),
      anchor(JSON.stringify(entry)),
      anchor(JSON.stringify({ ...entry, kid: undefined, alg: "ES256", use: "sig" })),
      anchor(spki),
      { key: point },
    ])
      expect(verified(receiptOf(payload), anchors)).toMatchObject({ outcome: "valid", causes: [] });
  });

  test("is invalid with any member or any half of the signature changed", () => {
    const sig = es256(payload);
    expect(codes(verified(receiptOf({ ...payload, decision: "deny" }, sig)).causes)).toEqual(["invalid_signature"]);
    for (let digit = 0; digit < 128; digit += 5) {
      const flipped = sig.slice(0, digit) + (sig[digit] === "0" ? "1" : "0") + sig.slice(digit + 1);
      expect(verified(receiptOf(payload, flipped)).outcome).toBe("invalid");
    }
    const stranger = es256(payload, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    expect(codes(verified(receiptOf(payload, stranger)).causes)).toEqual(["invalid_signature"]);
  });

  test.each([
    ["DER", sign("sha256", Buffer.of(1), pair.privateKey).toString("hex")],
    ["upper case", es256(payload).toUpperCase()],
    ["126 digits", es256(payload).slice(2)],
    ["base64url", Buffer.from(es256(payload), "hex").toString("base64url")],
  ])("cannot be checked with its signature in %s", (_, sig) => {
    expect(codes(verified(receiptOf(payload, sig)).causes)).toEqual(["malformed_signature_encoding"]);
  });

  test("with r or s out of range is invalid, not an error", () => {
    const [r, n] = [es256(payload).slice(0, 64), "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"];
    for (const sig of ["0".repeat(128), r + "0".repeat(64), r + n, n + r])
      expect(codes(verified(receiptOf(payload, sig)).causes)).toEqual(["invalid_signature"]);
  });

  test("is told when what it signed was hashed before", () => {
    const digest = createHash("sha256").update(canonicalize(payload, "rfc8785")).digest();
    const sig = sign("sha256", digest, { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("hex");
    expect(codes(verified(receiptOf(payload, sig)).causes)).toEqual(["invalid_signature", "legacy_non_jcs_signature"]);
  });

  test("cannot be checked by a verifier that was given no ES256, and says so", () => {
    const report = verifyReceipt(receiptOf(payload), { crypto: nobleCrypto, anchors: jwks(entry) });
    expect(report).toMatchObject({ outcome: "undecidable", causes: [{ code: "unsupported_algorithm" }] });
  });

  test("in the v2 shape says es256", () => {
    const open = { v: 2, type: "x:y", algorithm: "es256", kid: "es", issuer: "es", issued_at: at(0), payload: {} };
    const text = JSON.stringify({ ...open, signature: es256(open) });
    expect(verified(text)).toMatchObject({ outcome: "valid", shape: "v2" });
  });

  test("links and is linked to like any other", () => {
    const first = receiptOf(payload);
    const hash = createHash("sha256")
      .update(canonicalize(JSON.parse(first), "strict"))
      .digest("hex");
    const second = receiptOf({ ...payload, previousReceiptHash: `sha256:${hash}` });
    const chain = verifyChain([first, second], { crypto: nodeCrypto, anchors: jwks(entry) });
    expect(chain).toMatchObject({ outcome: "valid", breaks: 0 });
    // SECURITY: n-s is a signature, too. It is another receipt, and the link says so.
    const { signature } = JSON.parse(first);
    const n = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    const s = (n - BigInt(`0x${signature.sig.slice(64)}`)).toString(16).padStart(64, "0");
    const malleable = receiptOf(payload, signature.sig.slice(0, 64) + s);
    expect(verified(malleable).outcome).toBe("valid");
    expect(verifyChain([malleable, second], { crypto: nodeCrypto, anchors: jwks(entry) })).toMatchObject({
      outcome: "invalid",
      breaks: 1,
    });
  });
});

describe("the algorithm is the key's", () => {
  test("a receipt that names another than its key is for cannot be checked", () => {
    const ed = { ...jwk(signer.public_key, "es") };
    for (const [text, anchors] of [
      [receiptOf(payload), jwks(ed)],
      [receiptOf(payload), { key: signer.public_key }],
      [receiptOf(payload, es256(payload), "EdDSA"), jwks(entry)],
    ] as const)
      expect(verified(text, anchors)).toMatchObject({
        outcome: "undecidable",
        causes: [{ code: "unsupported_algorithm" }],
      });
  });

  test.each(["es256", "ES256 ", "ES384", "ES256K", "none", "__proto__", "constructor", null, ["ES256"]])(
    "%s is no name of it",
    (alg) => {
      const text = JSON.stringify({ payload, signature: { alg, kid: "es", sig: es256(payload) } });
      expect(codes(verified(text).causes)).toEqual(["unsupported_algorithm"]);
    },
  );

  test("what is signed as `sig_alg` is what stands beside the signature", () => {
    const lying = { ...payload, sig_alg: "EdDSA" };
    expect(verified(receiptOf(lying))).toMatchObject({
      outcome: "invalid",
      causes: [{ code: "schema_invalid", path: "/payload/sig_alg" }],
    });
  });

  test("our own types are never believed under it", () => {
    const own = { ...payload, type: "ces:execution" };
    expect(verified(receiptOf(own)).outcome).toBe("invalid");
    const signing = { signer, head: { count: 0, terminal_hash: null }, issued_at: at(0), crypto: nodeCrypto };
    expect(signReceipt({ ...decision, sig_alg: "ES256" } as never, signing as never).kind).toBe("refused");
  });

  test("an issuer's name of the format is never made from such a key", () => {
    const named = foreign({ sig_alg: "ES256" });
    const text = JSON.stringify({ payload: named, signature: { alg: "ES256", kid: signer.kid, sig: es256(named) } });
    const report = verified(text, jwks({ ...entry, kid: signer.kid }));
    expect(report.outcome).toBe("valid");
    expect(codes(report.warnings)).toContain("kid_not_of_key");
  });
});

describe("a key of P-256", () => {
  const swapped = Buffer.from(point);
  swapped[64]! ^= 1;
  test.each<readonly [string, object, string]>([
    ["private", { ...entry, d: x }, "private key"],
    ["of another curve", { ...entry, crv: "P-384" }, "neither"],
    ["of no curve", { kty: "EC", kid: "es", x, y }, "neither"],
    ["of the other kind's curve", { ...entry, kty: "OKP" }, "neither"],
    ["whose kind is a list", { ...entry, kty: ["EC"] }, "neither"],
    ["whose curve is an object", { ...entry, crv: { toString: "P-256" } }, "neither"],
    ["without y", { kty: "EC", crv: "P-256", kid: "es", x }, "`y` is not 32 bytes"],
    ["with a short x", { ...entry, x: Buffer.from(x, "base64url").subarray(1).toString("base64url") }, "`x` is not"],
    [
      "with an x beyond the field",
      { ...entry, x: Buffer.alloc(32, 255).toString("base64url") },
      "no uncompressed point",
    ],
    ["for another algorithm", { ...entry, alg: "EdDSA" }, "another algorithm"],
    ["for ES256K", { ...entry, alg: "ES256K" }, "another algorithm"],
    ["for encryption", { ...entry, use: "enc" }, "not for signatures"],
    ["for signing only", { ...entry, key_ops: ["sign"] }, "not for verifying"],
  ])("%s cannot be used", (_, bad, why) => {
    const read = readJwks({ keys: [bad] } as never)!.keys[0]!;
    expect(read).toMatchObject({ public_key: null, fault: { code: "unusable_key" } });
    expect(read.fault?.text).toContain(why);
    expect(verified(receiptOf(payload), jwks(bad)).outcome).toBe("undecidable");
  });

  test("off the curve is none", () => {
    const off = new Uint8Array(swapped);
    expect(codes(verified(receiptOf(payload), { key: off }).causes)).toEqual(["unusable_key"]);
    expect(nodeCrypto.p256Verify(off, new Uint8Array(), new Uint8Array(64).fill(1))).toBe(false);
  });

  test("in a PEM must be whole and uncompressed", () => {
    const compressed = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(
      `3039301306072a8648ce3d020106082a8648ce3d030107032200${(point[64]! & 1) === 0 ? "02" : "03"}${encodeHex(point.slice(1, 33))}`,
      "hex",
    ).toString("base64")}\n-----END PUBLIC KEY-----`;
    const der = pair.publicKey.export({ type: "spki", format: "der" });
    const short = `-----BEGIN PUBLIC KEY-----\n${der.subarray(0, 60).toString("base64")}\n-----END PUBLIC KEY-----`;
    const other = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "pem" });
    const read = (text: string) => readAnchor(utf8Encode(text));
    expect(read(compressed)).toMatchObject({ kind: "refused", text: expect.stringContaining("uncompressed") });
    expect(read(short)).toMatchObject({ kind: "refused", text: "is a truncated key" });
    expect(read(other.toString())).toMatchObject({ kind: "refused", text: expect.stringContaining("neither") });
    expect(read(spki)).toMatchObject({ kind: "read", keys: [{ kid: null, issuer_kid: null, fault: null }] });
  });

  test("does not stand in for one of Ed25519 with the same name", () => {
    const both = jwks(entry, jwk(signer.public_key, "es"));
    expect(codes(verified(receiptOf(payload), both).causes)).toEqual(["ambiguous_kid"]);
    expect(verified(receiptOf(payload), { ...edAnchors, key: point }).outcome).toBe("valid");
  });
});
