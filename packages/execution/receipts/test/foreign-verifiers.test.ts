// Two verifiers that share no code with ours: a program of the format's own makers, and OpenSSL over a canonical text of npm's making.
// Both take a fresh receipt, and both refuse it with any one of its signed bytes changed, and with any byte of its signature changed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { commitFields, EMPTY_CHAIN, seedSigner, signReceipt } from "@ces/receipts";
import { verifyEnvelope } from "@scopeblind/passport";
import canonicalize from "canonicalize";
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
// SECURITY: the bytes that the foreign verifiers are given come from npm's canonicaliser, none of ours.
const bytes = Buffer.from(canonicalize(payload) ?? "", "utf8");

const flipped = (given: Buffer, place: number): Buffer => {
  const copy = Buffer.from(given);
  copy[place]! ^= 1;
  return copy;
};
const places = (given: Buffer): readonly number[] => Array.from(given, (_, place) => place);

const scratch = mkdtempSync(join(tmpdir(), "ces-receipts-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("openssl", () => {
  const at = (name: string) => join(scratch, name);
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(signer.public_key).toString("base64url") };
  writeFileSync(at("key.pem"), createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }));
  // A program of the shell's, so that a receipt's every byte costs one start of OpenSSL and none of anything else.
  const verifying = [
    'for one in "$1"/m.*; do',
    '  if openssl pkeyutl -verify -pubin -inkey "$1/key.pem" -rawin -in "$one" -sigfile "$1/s.${one##*.}" >/dev/null 2>&1',
    "  then echo ${one##*.}; fi",
    "done",
  ].join("\n");
  /** The numbers of those that it takes. */
  const taken = (all: readonly (readonly [message: Buffer, sig: Buffer])[]): readonly number[] => {
    for (const [index, [message, sig]] of all.entries()) {
      writeFileSync(at(`m.${index}`), message);
      writeFileSync(at(`s.${index}`), sig);
    }
    const { stdout, status, error } = spawnSync("sh", ["-c", verifying, "sh", scratch], { encoding: "utf8" });
    if (error !== undefined || status !== 0) throw error ?? new Error("sh failed");
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map(Number)
      .toSorted((a, b) => a - b);
  };

  test("takes a fresh receipt, and none with one byte flipped, whichever it is", { timeout: 240_000 }, () => {
    const sig = Buffer.from(signature.sig, "hex");
    const messages = places(bytes).map((place) => [flipped(bytes, place), sig] as const);
    const signatures = places(sig).map((place) => [bytes, flipped(sig, place)] as const);
    expect(messages.length).toBeGreaterThan(500);
    expect(taken([[bytes, sig], ...messages, ...signatures])).toEqual([0]);
  });
});

describe("passport", () => {
  const verdict = (text: string, sig: string): boolean | "no JSON" => {
    let changed: object;
    try {
      changed = JSON.parse(text);
    } catch {
      return "no JSON";
    }
    return verifyEnvelope({ payload: changed, signature: { ...signature, sig } }, signer.public_key).valid;
  };

  test("takes a fresh receipt, and none with one signed byte flipped, whichever it is", { timeout: 120_000 }, () => {
    expect(verdict(bytes.toString(), signature.sig)).toBe(true);
    const verdicts = places(bytes).map((place) => verdict(flipped(bytes, place).toString(), signature.sig));
    expect(verdicts).not.toContain(true);
    // Most of a receipt is names and values; what is left is the punctuation, without which it is no text at all.
    expect(verdicts.filter((one) => one === false).length).toBeGreaterThan(bytes.length * 0.7);
  });

  test("takes none with a digit of its signature changed, whichever it is", { timeout: 120_000 }, () => {
    const { sig } = signature;
    for (let digit = 0; digit < sig.length; digit += 1) {
      const other = sig.slice(0, digit) + (sig[digit] === "0" ? "1" : "0") + sig.slice(digit + 1);
      expect(verdict(bytes.toString(), other)).toBe(false);
    }
  });
});
