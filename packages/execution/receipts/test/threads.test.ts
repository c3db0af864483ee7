// Signatures checked in threads: the same report, to the letter, for good chains and for every way in which they are bad.
import { nodeCrypto, nodeThreads } from "@ces/crypto-node";
import { generateKeyPairSync, sign } from "node:crypto";
import { canonicalize } from "@ces/kernel";
import { readJwks, verifyChain, verifyReceipts, verifyReceiptsInThreads } from "@ces/receipts";
import { describe, expect, test } from "vitest";
import { verifyChainInThreads } from "../src/chain/verify-chain.ts";
import { chainOf, foreign, jwk, options, otherSigner, signedBy, signer } from "./receipt-makers.ts";

// More than are open at once.
const { texts } = chainOf(600);
const changed = (at: number, from: string, to: string): readonly string[] =>
  texts.map((text, index) => (index === at ? text.replace(from, to) : text));

const chains: readonly (readonly [string, readonly string[]])[] = [
  ["good", texts],
  ["empty", []],
  ["changed in its first", changed(0, '"allow"', '"deny"')],
  ["changed in its last", changed(599, '"allow"', '"deny"')],
  ["with a damaged text", changed(300, "{", "[")],
  ["with a text twice", [...texts.slice(0, 5), texts[4]!, ...texts.slice(5, 9)]],
  ["without its middle", texts.toSpliced(300, 1)],
  ["with a signature of another", changed(7, JSON.parse(texts[7]!).signature.sig, JSON.parse(texts[8]!).signature.sig)],
  ["not linked", [signedBy(foreign()), signedBy(foreign()), signedBy(foreign(), otherSigner)]],
  ["pre-hashed and pretty", [prehashed(), JSON.stringify(JSON.parse(signedBy(foreign())), null, 2)]],
];

describe("in threads", () => {
  test.each(chains)("a chain that is %s", async (_, chain) => {
    expect(await verifyChainInThreads(chain, options, nodeThreads)).toEqual(verifyChain(chain, options));
    expect(await verifyReceiptsInThreads(chain, options, nodeThreads)).toEqual(verifyReceipts(chain, options));
  });

  test("a receipt in ES256 is checked, not passed over", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const payload = foreign({ issuer_id: "es" });
    const bytes = Buffer.from(canonicalize(payload, "strict"));
    const sig = sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("hex");
    const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "es" }, jwk(signer.public_key, signer.kid)];
    const both = { crypto: nodeCrypto, anchors: { jwks: readJwks({ keys } as never)! } };
    const text = JSON.stringify({ payload, signature: { alg: "ES256", kid: "es", sig } });
    const bad = text.replace('"allow"', '"deny"');
    const report = await verifyReceiptsInThreads([text, bad, signedBy(foreign())], both, nodeThreads);
    expect(report.receipts.map(({ outcome }) => outcome)).toEqual(["valid", "invalid", "valid"]);
  });

  test("what they refuse is invalid, whoever else would take it", async () => {
    const report = await verifyChainInThreads(texts.slice(0, 3), options, { ed25519VerifyLater: async () => false });
    expect(report).toMatchObject({ outcome: "invalid", breaks: 0 });
    expect(report.receipts.map(({ causes }) => causes[0]?.code)).toEqual(Array(3).fill("invalid_signature"));
  });

  test("their failure is no verdict", async () => {
    const failing = { ed25519VerifyLater: () => Promise.reject(new Error("no thread")) };
    await expect(verifyChainInThreads(texts, options, failing)).rejects.toThrow("no thread");
    await expect(verifyReceiptsInThreads([texts[0]!], options, failing)).rejects.toThrow("no thread");
  });

  test("nothing is asked of them that a report does not need", async () => {
    const asked: number[] = [];
    const counting = {
      ed25519VerifyLater: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
        asked.push(message.length);
        return nodeThreads.ed25519VerifyLater(key, message, signature);
      },
    };
    const unknown = signedBy(foreign({ issuer_id: "x" }), otherSigner, "x");
    await verifyReceiptsInThreads(["{", unknown, "{}", texts[0]!], options, counting);
    expect(asked).toHaveLength(1);
  });
});

function prehashed(): string {
  const payload = foreign();
  const digest = nodeCrypto.sha256(Buffer.from(canonicalize(payload, "strict")));
  const sig = Buffer.from(signer.sign(digest)).toString("hex");
  return JSON.stringify({ payload, signature: { alg: "EdDSA", kid: signer.kid, sig } });
}
