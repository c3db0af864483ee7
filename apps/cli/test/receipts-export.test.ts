// `ces receipts export`: what is handed on verifies where it arrives, and what does not verify here is not handed on. in-toto statements are
// opened by sigstore's own verifier, and by OpenSSL over bytes that are put together here by hand.
import { spawnSync } from "node:child_process";
import { createHash, createPublicKey } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { describe, expect, test } from "vitest";
import { ces, type Ran, scene, type Scene } from "./run-ces.ts";

const vectors = join(import.meta.dirname, "../../../test/vectors/acta");
const good = JSON.parse(readFileSync(join(vectors, "chains/good.json"), "utf8"));

/** A chain of somebody, their keys, and an operator's key. */
function place(): Scene {
  const bare = scene({ git: false });
  const at = (name: string) => join(bare.project, name);
  writeFileSync(at("chain.jsonl"), good.chain.map((one: unknown) => JSON.stringify(one, null, 0)).join("\n"));
  writeFileSync(at("keys.json"), JSON.stringify(good.keys.jwks));
  spawnSync("openssl", ["genpkey", "-algorithm", "ed25519", "-out", at("operator.pem")]);
  chmodSync(at("operator.pem"), 0o600);
  spawnSync("openssl", ["pkey", "-in", at("operator.pem"), "-pubout", "-out", at("operator.pub")]);
  return bare;
}
const run = (at: Scene, ...words: readonly string[]): Promise<Ran> =>
  ces(at, ["receipts", "export", "chain.jsonl", "--keys", "keys.json", ...words]);
const inToto = ["--format", "in-toto", "--key", "operator.pem"];
const envelopes = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("in-toto", () => {
  // The verifier that npm verifies its own packages' provenance with; a key from outside, no certificate, no log.
  const sigstore = (at: Scene, envelope: object): void => {
    const publicKey = createPublicKey(readFileSync(join(at.project, "operator.pub")));
    const keys = () => ({ publicKey, validFor: () => true });
    const material = toTrustMaterial(
      { mediaType: "", certificateAuthorities: [], ctlogs: [], tlogs: [], timestampAuthorities: [] },
      keys as never,
    );
    const bundle = bundleFromJSON({
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: { publicKey: { hint: "operator" }, tlogEntries: [] },
      dsseEnvelope: envelope,
    });
    const none = { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 };
    new Verifier(material, none).verify(toSignedEntity(bundle));
  };

  test("sigstore's verifier takes each envelope, and none with anything in it changed", async () => {
    const at = place();
    const { code, out } = await run(at, ...inToto);
    expect(code).toBe(0);
    const all = envelopes(out);
    expect(all).toHaveLength(5);
    for (const envelope of all) {
      sigstore(at, envelope);
      const statement = JSON.parse(Buffer.from(envelope.payload, "base64").toString());
      const other = Buffer.from(JSON.stringify({ ...statement, predicateType: "x" })).toString("base64");
      const [{ sig }] = envelope.signatures;
      const flipped = Buffer.from(sig, "base64");
      flipped[5]! ^= 1;
      for (const changed of [
        { ...envelope, payload: other },
        { ...envelope, payloadType: "text/plain" },
        { ...envelope, signatures: [{ keyid: "", sig: flipped.toString("base64") }] },
        { ...envelope, signatures: all[all.indexOf(envelope) === 0 ? 1 : 0].signatures },
      ])
        expect(() => sigstore(at, changed)).toThrow(/signature/);
    }
  });

  test("OpenSSL takes the signature over the encoding of DSSE's specification, put together by hand", async () => {
    const at = place();
    const [envelope] = envelopes((await run(at, ...inToto)).out);
    const body = Buffer.from(envelope.payload, "base64");
    const type = "application/vnd.in-toto+json";
    expect(envelope.payloadType).toBe(type);
    const encoded = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body]);
    const file = (name: string, bytes: Buffer): string => {
      writeFileSync(join(at.root, name), bytes);
      return join(at.root, name);
    };
    const verifies = (bytes: Buffer): boolean => {
      const sig = file("sig", Buffer.from(envelope.signatures[0].sig, "base64"));
      const key = ["-pubin", "-inkey", join(at.project, "operator.pub")];
      const args = ["pkeyutl", "-verify", ...key, "-rawin", "-in", file("pae", bytes), "-sigfile", sig];
      return spawnSync("openssl", args).status === 0;
    };
    expect(verifies(encoded)).toBe(true);
    encoded[encoded.length - 9]! ^= 1;
    expect(verifies(encoded)).toBe(false);
  });

  test("the statement is about the receipt, by the hash that the next receipt names, and holds it whole", async () => {
    const statements = envelopes((await run(place(), ...inToto)).out).map(({ payload }) =>
      JSON.parse(Buffer.from(payload, "base64").toString()),
    );
    expect(statements.map(({ predicate }) => predicate)).toEqual(good.chain);
    for (const [index, { _type, subject, predicateType }] of statements.entries()) {
      expect([_type, predicateType]).toEqual(["https://in-toto.io/Statement/v1", "urn:ces:acta-receipt:v1"]);
      const named = statements[index + 1]?.predicate.payload.previousReceiptHash ?? good.expect.terminal_hash;
      expect(`sha256:${subject.at(-1).digest.sha256}`).toBe(named);
    }
  });

  test("is signed with a key that nobody else can read, or not at all", async () => {
    const at = place();
    chmodSync(join(at.project, "operator.pem"), 0o644);
    const exposed = await run(at, ...inToto);
    expect(exposed.code).not.toBe(0);
    expect(exposed.out).not.toContain("payload");
    for (const wrong of [
      ["--format", "in-toto"],
      ["--format", "jsonl", "--key", "operator.pem"],
    ])
      expect((await run(at, ...wrong)).code).toBe(2);
  });

  test("an older shape has no receipt hash of its own, and is no statement", async () => {
    const at = place();
    const v2 = JSON.parse(readFileSync(join(vectors, "receipts/v2-decision.json"), "utf8"));
    writeFileSync(join(at.project, "chain.jsonl"), JSON.stringify(v2.receipt));
    writeFileSync(join(at.project, "keys.json"), JSON.stringify(v2.keys.jwks ?? v2.keys.trusted_key_hex));
    if (typeof v2.keys.trusted_key_hex === "string")
      writeFileSync(join(at.project, "keys.json"), v2.keys.trusted_key_hex);
    expect((await run(at, "--format", "jsonl")).code).toBe(0);
    expect((await run(at, ...inToto)).code).toBe(2);
  });
});

describe("lines and bundles", () => {
  test.each(["jsonl", "bundle"])("%s verifies again, and is the same chain", async (format) => {
    const at = place();
    const { code, out } = await run(at, "--format", format);
    expect(code).toBe(0);
    writeFileSync(join(at.project, "again"), out);
    const again = await ces(at, ["receipts", "verify", "again", "--keys", "keys.json", "--json"]);
    expect(again.json().data).toMatchObject({ outcome: "valid", count: 5, terminal_hash: good.expect.terminal_hash });
    expect(out).not.toContain("signing_keys");
  });

  test("go to a new file and replace none", async () => {
    const at = place();
    const out = join(at.project, "out.jsonl");
    expect((await run(at, "--out", "out.jsonl", "--json")).json().data).toMatchObject({ count: 5, path: "out.jsonl" });
    const digest = createHash("sha256").update(readFileSync(out)).digest("hex");
    expect(statSync(out).mode & 0o077).toBe(0);
    expect((await run(at, "--out", "out.jsonl", "--format", "bundle")).code).toBe(2);
    expect(createHash("sha256").update(readFileSync(out)).digest("hex")).toBe(digest);
    expect((await run(at, "--out", "no/such/folder")).code).toBe(2);
  });
});

describe("what does not verify", () => {
  test("is not exported, whatever the form", async () => {
    const at = place();
    const text = readFileSync(join(at.project, "chain.jsonl"), "utf8");
    writeFileSync(join(at.project, "chain.jsonl"), text.replace('"allow"', '"deny"'));
    for (const form of [["--format", "jsonl"], ["--format", "bundle"], inToto]) {
      const ran = await run(at, ...form, "--out", "out");
      expect(ran.code).toBe(4);
      expect(ran.out).toContain("nothing was exported");
      expect(statSync(join(at.project, "out"), { throwIfNoEntry: false })).toBeUndefined();
    }
    writeFileSync(join(at.project, "chain.jsonl"), text);
    expect((await ces(at, ["receipts", "export", "chain.jsonl"])).code).toBe(6);
    // The signer's own key is trusted when no other is named, and these are not its receipts.
    const own = await ces(at, ["receipts", "export", "chain.jsonl", ...inToto]);
    expect([own.code, own.out.includes("payload")]).toEqual([4, false]);
  });
});
