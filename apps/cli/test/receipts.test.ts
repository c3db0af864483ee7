// `ces receipts verify` and `public-key` over files as a person has them.
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ces, rows, scene, type Scene } from "./run-ces.ts";

const vectors = join(import.meta.dirname, "../../../test/vectors/acta");
const vector = (name: string) => JSON.parse(readFileSync(join(vectors, `${name}.json`), "utf8"));

/** A folder with the files given; a name with an object becomes its JSON. */
function files(given: Readonly<Record<string, unknown>>): Scene {
  const place = scene({ git: false });
  for (const [name, content] of Object.entries(given))
    writeFileSync(join(place.project, name), typeof content === "string" ? content : JSON.stringify(content));
  return place;
}
const run = (place: Scene, ...words: readonly string[]) => ces(place, ["receipts", ...words]);
const codes = (list: readonly Readonly<Record<string, unknown>>[]) => list.map(({ code }) => code);

const good = vector("chains/good");
const lines = (chain: readonly unknown[]) => chain.map((one) => JSON.stringify(one)).join("\n");
const keys = good.keys.jwks;

describe("ces receipts verify", () => {
  test.each<readonly [string, unknown]>([
    ["one on each line", lines(good.chain)],
    ["a list", good.chain],
    ["a bundle", { receipts: good.chain }],
    ["pretty-printed", JSON.stringify(good.chain, null, 2)],
  ])("a chain, %s", async (_, chain) => {
    const ran = await run(
      files({ "chain.json": chain, "keys.json": keys }),
      "verify",
      "chain.json",
      "--keys",
      "keys.json",
      "--json",
    );
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({
      schema: "ces.receipts.verify/v1",
      ok: true,
      data: {
        outcome: "valid",
        count: 5,
        breaks: 0,
        completeness: "not_established",
        terminal_hash: good.expect.terminal_hash,
      },
    });
    expect(rows(ran, "said")[2]).toEqual({
      decision: "allow",
      tool: "tool_2",
      at: "2026-07-15T12:00:02Z",
      policy: null,
    });
  });

  test("a person reads what it says and what it does not show", async () => {
    const [one, two] = good.chain;
    const place = files({ "0.json": one, "1.json": two, "key.hex": good.keys.trusted_key_hex });
    const { code, out } = await run(place, "verify", "0.json", "1.json", "--keys", "key.hex");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "valid  2 receipts, each after the one before it",
        "  0  allow  tool_0  2026-07-15T12:00:00Z  ",
        "  1  allow  tool_1  2026-07-15T12:00:01Z  ",
        "no window: the key has no window: it counts for ever",
        "completeness not established: whether receipts are missing at the end cannot be seen from the chain alone",
        "",
      ].join("\n"),
    );
  });

  test("exit 4 names what was changed and where", async () => {
    const chain = structuredClone(good.chain);
    chain[1].payload.decision = "deny";
    const ran = await run(
      files({ "c.jsonl": lines(chain), "k.json": keys }),
      "verify",
      "c.jsonl",
      "--keys",
      "k.json",
      "--json",
    );
    expect(ran.code).toBe(4);
    expect(rows(ran, "causes").map(({ code, index }) => [code, index])).toEqual([
      ["invalid_signature", 1],
      ["chain_break", 2],
    ]);
    expect(ran.json().error).toMatchObject({ code: "RECEIPT_INVALID_SIGNATURE" });
    expect(rows(ran, "said")[1]).toBeNull();
  });

  test("exit 6 without a key, with a bundle's own key, and for what cannot be read", async () => {
    const own = vector("bundles/audit-bundle-own-keys");
    const place = files({ "r.json": good.chain[0], "b.json": own.bundle, "junk.json": "{", "k.json": own.external });
    const outcomes = [
      await run(place, "verify", "r.json", "--json"),
      await run(place, "verify", "b.json", "--json"),
      await run(place, "verify", "junk.json", "--json"),
    ];
    expect(outcomes.map(({ code }) => code)).toEqual([6, 6, 6]);
    expect(outcomes.map((ran) => rows(ran, "causes")[0]?.["code"])).toEqual([
      "no_public_key",
      "keys_not_anchored",
      "malformed_json",
    ]);
    expect((await run(place, "verify", "b.json", "--keys", "k.json")).code).toBe(0);
  });

  test("a damaged line among good ones is one bad receipt", async () => {
    const text = lines(good.chain).replace('{"payload"', '{"payload');
    const ran = await run(
      files({ "c.jsonl": text, "k.json": keys }),
      "verify",
      "c.jsonl",
      "--keys",
      "k.json",
      "--json",
    );
    expect(codes(rows(ran, "causes"))).toContain("malformed_json");
    expect(ran.json().data["count"]).toBe(5);
  });

  test("a checkpoint held apart shows that the end is missing, or that nothing is", async () => {
    const { chain, checkpoint } = vector("chains/truncated-tail-with-checkpoint");
    const place = files({ "short.json": chain, "whole.json": good.chain, "held.json": checkpoint, "k.json": keys });
    const held = ["--keys", "k.json", "--checkpoint", "held.json", "--require-complete"];
    const short = await run(place, "verify", "short.json", ...held, "--json");
    expect([short.code, codes(rows(short, "causes"))]).toEqual([4, ["chain_truncated", "completeness_required"]]);
    const whole = await run(place, "verify", "whole.json", ...held);
    expect(whole.code).toBe(0);
    expect(whole.out).toContain("none of the first 5 is missing");
    const open = await run(place, "verify", "whole.json", "--keys", "k.json", "--require-complete");
    expect(open.code).toBe(6);
  });

  test("the policy they have to be under: another one, a forged one", async () => {
    const { receipt, bundle } = vector("policy-bundle/receipt-under-other-policy");
    const forged = vector("policy-bundle/content-tampered").bundle;
    const place = files({ "r.json": receipt, "p.json": bundle, "f.json": forged, "k.json": keys });
    const other = await run(place, "verify", "r.json", "--keys", "k.json", "--policy", "p.json", "--json");
    expect([other.code, codes(rows(other, "causes"))]).toEqual([4, ["policy_digest_mismatch"]]);
    const tampered = await run(place, "verify", "r.json", "--keys", "k.json", "--policy", "f.json", "--json");
    expect([tampered.code, codes(rows(tampered, "causes"))]).toEqual([4, ["file_hash_mismatch"]]);
  });

  test("a log entry, a disclosure, an issuer, each by itself", async () => {
    const late = vector("timeliness/commitment-logged-after-claimed-time");
    const shown = vector("commitment/value-changed");
    const place = files({
      "late.json": late.chain,
      "log.json": late.external,
      "lk.json": late.keys.jwks,
      "shown.json": shown.receipt,
      "fields.json": shown.disclosures,
      "k.json": keys,
      "a.json": good.chain[2],
      "b.json": good.chain[0],
    });
    const causes = async (...words: readonly string[]) =>
      codes(rows(await run(place, "verify", ...words, "--json"), "causes"));
    expect(await causes("late.json", "--keys", "lk.json", "--log", "log.json")).toEqual([
      "issued_at_precedes_excluding_commitment",
    ]);
    expect(await causes("shown.json", "--keys", "k.json", "--disclosures", "fields.json")).toEqual([
      "commitment_mismatch",
    ]);
    expect(await causes("b.json", "--keys", "k.json", "--expect-issuer", "me")).toEqual(["issuer_unexpected"]);
    expect(await causes("a.json", "b.json", "--keys", "k.json")).toContain("chain_break");
    expect(await causes("a.json", "b.json", "--keys", "k.json", "--each")).toEqual([]);
  });

  test("a revoked key counts no more, unless the reader says so", async () => {
    const { receipt, keys: of } = vector("revocation/issued-after-revocation");
    const place = files({ "r.json": receipt, "k.json": of.jwks });
    expect((await run(place, "verify", "r.json", "--keys", "k.json")).code).toBe(4);
    const ignored = await run(place, "verify", "r.json", "--keys", "k.json", "--ignore-revocation");
    expect(ignored.code).toBe(0);
    expect(ignored.out).toContain("revocation ignored");
  });

  test("older conventions by their names only", async () => {
    const { chain, keys: of } = vector("chains/base64url-link");
    const place = files({ "c.json": chain, "k.json": of.jwks });
    expect((await run(place, "verify", "c.json", "--keys", "k.json")).code).toBe(4);
    expect((await run(place, "verify", "c.json", "--keys", "k.json", "--accept", "link_c")).code).toBe(0);
    expect((await run(place, "verify", "c.json", "--keys", "k.json", "--accept", "link_z")).code).toBe(2);
  });

  test("what is beside the signature is never shown as said", async () => {
    const receipt = JSON.parse(readFileSync(join(vectors, "interop-draft01/aps-receipt-permit.json"), "utf8"));
    const key = vector("interop-draft01/_expect").keys_by_file["aps-receipt-permit.json"];
    const ran = await run(files({ "r.json": receipt, "k.hex": key }), "verify", "r.json", "--keys", "k.hex");
    expect(ran.code).toBe(0);
    expect(ran.out).not.toContain(receipt.issued_at);
    expect(ran.out).toContain("beside the signature, not under it");
  });

  test.each([
    ["a file that is not there", ["nope.json"]],
    ["keys that are none", ["r.json", "--keys", "r.json"]],
    ["a private key for keys", ["r.json", "--keys", "private.pem"]],
    ["a checkpoint that is no JSON", ["r.json", "--checkpoint", "private.pem"]],
  ])("%s is a mistake of the line, exit 2", async (_, words) => {
    const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const ran = await run(files({ "r.json": good.chain[0], "private.pem": pem }), "verify", ...words);
    expect(ran.code).toBe(2);
    expect(ran.out + ran.err).not.toContain(pem.split("\n")[1]);
  });
});

describe("ces receipts public-key", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();
  const secret = Buffer.from(privateKey.export({ format: "jwk" }).d ?? "", "base64url");
  const place = () => {
    const made = files({ "op.pem": pem, "pub.pem": spki });
    chmodSync(join(made.project, "op.pem"), 0o600);
    return made;
  };

  test("the public half in every form, the private half in none", async () => {
    const where = place();
    const outs = await Promise.all(
      [[], ["--json"], ["--format", "jwks"], ["--format", "hex"], ["--format", "kid"], ["--format", "pem"]].map(
        (words) => run(where, "public-key", "op.pem", ...words),
      ),
    );
    expect(outs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(outs[5]?.out).toBe(spki);
    expect(outs[3]?.out).toBe(
      `${Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex")}\n`,
    );
    expect(outs[4]?.out).toMatch(/^sb:issuer:[1-9A-HJ-NP-Za-km-z]{12}\n$/);
    for (const { out, err } of outs)
      for (const form of ["hex", "base64", "base64url"] as const)
        expect(out + err).not.toContain(secret.toString(form));
    expect((await run(where, "public-key", "pub.pem", "--json")).json().data).toEqual(outs[1]?.json().data);
  });

  test("its list is what `verify` takes", async () => {
    const where = place();
    writeFileSync(join(where.project, "keys.json"), (await run(where, "public-key", "op.pem", "--format", "jwks")).out);
    writeFileSync(join(where.project, "r.json"), JSON.stringify(good.chain[0]));
    const ran = await run(where, "verify", "r.json", "--keys", "keys.json", "--json");
    expect(codes(rows(ran, "causes"))).toEqual(["unknown_kid"]);
  });

  test("a key that others can read, a locked one, another kind, a damaged one", async () => {
    const locked = privateKey
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
      .toString();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
    const where = files({
      "open.pem": pem,
      "locked.pem": locked,
      "rsa.pem": rsa,
      "bad.pem": pem.replace("MC4C", "AAAA"),
      "r.json": "{}",
    });
    for (const name of ["locked.pem", "rsa.pem", "bad.pem"]) chmodSync(join(where.project, name), 0o600);
    chmodSync(join(where.project, "open.pem"), 0o644);
    const said = await Promise.all(
      ["open.pem", "locked.pem", "rsa.pem", "bad.pem", "r.json"].map(async (name) => {
        const ran = await run(where, "public-key", name, "--json");
        return [ran.code, (ran.json().error as { code: string }).code];
      }),
    );
    expect(said).toEqual([
      [5, "KEY_EXPOSED"],
      [5, "KEY_LOCKED"],
      [2, "USAGE_FILE"],
      [2, "USAGE_FILE"],
      [2, "USAGE_FILE"],
    ]);
  });
});
