// Two verifiers that share no code with ours: a program of the format's own makers, and OpenSSL over a canonical text of npm's making.
// Both take a fresh receipt, and both refuse it with any signed byte changed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { commitFields, EMPTY_CHAIN, seedSigner, signReceipt } from "@ces/receipts";
import { verifyEnvelope } from "@scopeblind/passport";
import canonicalize from "canonicalize";
import { assert as hold, nat, property } from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { decision } from "./receipt-makers.ts";

const signer = seedSigner(randomBytes(32), nodeCrypto);
const committed = commitFields([{ name: "args", value: ["-rf", "/tmp"] }], { random: randomBytes, crypto: nodeCrypto });
const draft = {
  ...decision,
  trust_score: 1000,
  target: 'naïve/путь/\u{1f4be} "quoted" \\ back',
  ...(committed.kind === "committed" ? { committed_fields_root: committed.root } : {}),
};
const signed = signReceipt(draft, {
  signer,
  head: EMPTY_CHAIN,
  issued_at: new Date().toISOString(),
  crypto: nodeCrypto,
});
if (signed.kind === "refused") throw new Error(JSON.stringify(signed.causes));
const { payload, signature } = JSON.parse(signed.text);
const bytes = Buffer.from(canonicalize(payload) ?? "", "utf8");

const scratch = mkdtempSync(join(tmpdir(), "ces-receipts-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("openssl", () => {
  const at = (name: string) => join(scratch, name);
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(signer.public_key).toString("base64url") };
  writeFileSync(at("key.pem"), createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }));
  writeFileSync(at("sig"), Buffer.from(signature.sig, "hex"));
  const verifies = (message: Buffer): boolean => {
    writeFileSync(at("message"), message);
    const args = [
      "pkeyutl",
      "-verify",
      "-pubin",
      "-inkey",
      at("key.pem"),
      "-rawin",
      "-in",
      at("message"),
      "-sigfile",
      at("sig"),
    ];
    const { status, error } = spawnSync("openssl", args, { encoding: "utf8" });
    if (error !== undefined) throw error;
    return status === 0;
  };

  test("takes a fresh receipt, and none with a byte flipped", () => {
    expect(verifies(bytes)).toBe(true);
    for (let i = 0; i < 24; i += 1) {
      const place = Math.floor((i * bytes.length) / 24);
      expect(
        verifies(Buffer.concat([bytes.subarray(0, place), Buffer.of(bytes[place]! ^ 1), bytes.subarray(place + 1)])),
      ).toBe(false);
    }
  });
});

describe("passport", () => {
  test("takes a fresh receipt", () => {
    expect(verifyEnvelope({ payload, signature }, signer.public_key)).toMatchObject({ valid: true });
  });

  test("takes none in which a byte of the signature or a member of the payload is another", () => {
    const names = Object.keys(payload);
    hold(
      property(nat(127), nat(names.length - 1), (digit, member) => {
        const sig =
          signature.sig.slice(0, digit) + (signature.sig[digit] === "0" ? "1" : "0") + signature.sig.slice(digit + 1);
        expect(verifyEnvelope({ payload, signature: { ...signature, sig } }, signer.public_key).valid).toBe(false);
        const changed = { ...payload, [names[member]!]: `${String(payload[names[member]!])}x` };
        expect(verifyEnvelope({ payload: changed, signature }, signer.public_key).valid).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});
