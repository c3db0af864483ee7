import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, encodeBase64Url, encodeHex, type JsonObject, utf8Encode } from "@ces/kernel";
import {
  type ChainOptions,
  type ChainReport,
  EMPTY_CHAIN,
  KEY_ROTATION_TYPE,
  readChain,
  readJwks,
  signCheckpoint,
  verifyBundle,
  verifyChain,
} from "@ces/receipts";
import { assert as hold, integer, nat, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anchors,
  at,
  chainOf,
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

const { texts, head } = chainOf(12);
const places = (report: ChainReport) => report.causes.map(({ code, index }) => [code, index]);
const judged = (chain: readonly string[], more: Partial<ChainOptions> = {}) =>
  verifyChain(chain, { ...options, ...more });

describe("a chain", () => {
  test("of fresh receipts is valid, and says what it does not show", () => {
    const report = judged(texts);
    expect(report).toMatchObject({
      outcome: "valid",
      causes: [],
      breaks: 0,
      legacy_links: 0,
      count: 12,
      terminal_hash: head.terminal_hash,
      completeness: "not_established",
      established_count: null,
    });
    expect(codes(report.warnings)).toContain("completeness_not_established");
    expect(report.receipts).toHaveLength(12);
  });

  test("any entry dropped, but the last, is named where it is missing", () => {
    hold(
      property(nat(texts.length - 2), (gone) => {
        const report = judged(texts.toSpliced(gone, 1));
        // Without its beginning a chain is a segment; inside, link and sequence both tell.
        if (gone === 0) expect(codes(report.warnings)).toContain("first_link_unverified");
        else
          expect(places(report)).toEqual([
            ["chain_break", gone],
            ["chain_break", gone],
          ]);
      }),
    );
  });

  test("two entries swapped are named from the first of them on", () => {
    hold(
      property(
        tuple(nat(texts.length - 1), nat(texts.length - 1)).filter(([a, b]) => a < b),
        ([a, b]) => {
          const swapped = texts.with(a, texts[b]!).with(b, texts[a]!);
          const report = judged(swapped);
          expect(report.outcome).toBe("invalid");
          expect(Math.min(...report.causes.map(({ index }) => index ?? 99))).toBe(a === 0 ? 1 : a);
        },
      ),
    );
  });

  test("an entry that stands twice is named at its second place", () => {
    hold(
      property(nat(texts.length - 1), integer({ min: 1, max: texts.length }), (one, to) => {
        const report = judged(texts.toSpliced(to, 0, texts[one]!));
        expect(report.outcome).toBe("invalid");
        expect(report.causes.some(({ index }) => index === to || index === to + 1)).toBe(true);
      }),
    );
  });

  test("an entry of another chain, appended or put in, is named", () => {
    const stranger = next({ ...decision, agent_id: "mallory" }, EMPTY_CHAIN).text;
    expect(places(judged([...texts, stranger]))).toEqual([
      ["chain_break", 12],
      ["chain_break", 12],
    ]);
    const forged = next({ ...decision, agent_id: "mallory" }, { ...head, count: 12 }, at(0), otherSigner).text;
    expect(places(judged([...texts, forged]))).toEqual([["unknown_kid", 12]]);
  });

  test("a change inside is named twice: at the receipt, and at the one that names it", () => {
    const changed = texts.with(4, texts[4]!.replace('"allow"', '"deny"'));
    expect(places(judged(changed))).toEqual([
      ["invalid_signature", 4],
      ["chain_break", 5],
    ]);
  });

  test("a fork is told as one", () => {
    const { head: at3 } = chainOf(3);
    const forked = next({ ...decision, agent_id: "fork" }, at3);
    const report = judged([...texts.slice(0, 5), forked.text]);
    expect(places(report)).toEqual([
      ["chain_break", 5],
      ["chain_break", 5],
    ]);
    expect(report.causes[0]?.text).toContain("a fork at receipt 2");
  });

  test("text that cannot be read stands in it as what it is", () => {
    expect(places(judged([texts[0]!, "{", texts[2]!])).map(([code]) => code)).toContain("malformed_json");
  });

  test("without receipts nothing is proved", () => {
    expect(judged([]).outcome).toBe("undecidable");
  });

  test("can be judged without holding it", () => {
    const reader = readChain({ ...options, keep: "none" });
    for (const text of texts) reader.add(text);
    expect(reader.end()).toEqual({ ...judged(texts), receipts: [] });
  });

  test("goes on across keys, when the old key says so", () => {
    const both = { jwks: readJwks({ keys: [signer, otherSigner].map((one) => jwk(one.public_key, one.kid)) })! };
    const rotation = {
      type: KEY_ROTATION_TYPE,
      new_kid: otherSigner.kid,
      new_key_digest: `sha256:${encodeHex(nodeCrypto.sha256(otherSigner.public_key))}`,
      effective_at: at(20),
      reason: "scheduled",
    } as const;
    const rotated = next(rotation, head);
    const after = next(decision, rotated.head, at(21), otherSigner);
    const good = judged([...texts, rotated.text, after.text], { anchors: both });
    expect(good.outcome).toBe("valid");
    expect(codes(good.warnings)).not.toContain("key_changed_without_rotation");
    const silent = next(decision, head, at(21), otherSigner);
    expect(codes(judged([...texts, silent.text], { anchors: both }).warnings)).toContain(
      "key_changed_without_rotation",
    );
    // SECURITY: whoever has the new key only cannot say so in the old one's name.
    const forged = rotated.text.replace('"reason":"scheduled"', '"reason":"forged"');
    const report = judged([...texts, forged, after.text], { anchors: both });
    expect(report.outcome).toBe("invalid");
    expect(codes(report.warnings)).toContain("key_changed_without_rotation");
  });

  test("a clock that steps back is a warning", () => {
    const late = next(decision, EMPTY_CHAIN, at(5));
    const early = next(decision, late.head, at(4));
    const report = judged([late.text, early.text]);
    expect(report.outcome).toBe("valid");
    expect(codes(report.warnings)).toContain("issued_at_not_monotonic");
  });
});

describe("checkpoints", () => {
  const checkpointAt = (count: number, by = signer) => {
    const signed = signCheckpoint({ signer: by, head: chainOf(count).head, issued_at: at(60), crypto: nodeCrypto });
    if (signed.kind === "refused") throw new Error("refused");
    return JSON.parse(signed.text);
  };

  test("a tail that is gone, a chain that was written anew, and one that is whole", () => {
    const checkpoint = checkpointAt(12);
    expect(judged(texts, { checkpoint })).toMatchObject({
      outcome: "valid",
      completeness: "established_to_count",
      established_count: 12,
    });
    hold(
      property(integer({ min: 1, max: 11 }), (left) => {
        expect(codes(judged(texts.slice(0, left), { checkpoint }).causes)).toEqual(["chain_truncated"]);
      }),
    );
    const { texts: begin, head: at11 } = chainOf(11);
    const anew = next({ ...decision, agent_id: "rewritten" }, at11);
    expect(places(judged([...begin, anew.text], { checkpoint }))).toEqual([["chain_rewritten", 11]]);
    expect(judged(texts, { checkpoint: checkpointAt(5) })).toMatchObject({ outcome: "valid", established_count: 5 });
  });

  test("one that nobody signed, or somebody unknown, establishes nothing", () => {
    const { payload, signature } = checkpointAt(12);
    const tampered = { payload: { ...payload, count: 5 }, signature };
    expect(codes(judged(texts, { checkpoint: tampered }).causes)).toEqual(["invalid_signature"]);
    expect(judged(texts, { checkpoint: checkpointAt(12, otherSigner) }).outcome).toBe("undecidable");
    const counted = JSON.parse(signedBy(foreign({ count: 12, terminal_hash: head.terminal_hash ?? "" })));
    expect(codes(judged(texts, { checkpoint: counted }).causes)).toEqual(["schema_invalid"]);
  });

  test("a segment is placed by its sequence", () => {
    const checkpoint = checkpointAt(12);
    expect(judged(texts.slice(4), { checkpoint })).toMatchObject({ outcome: "valid", established_count: 12 });
    expect(codes(judged(texts.slice(4, 9), { checkpoint }).causes)).toEqual(["chain_truncated"]);
    expect(judged(texts.slice(6), { checkpoint: checkpointAt(3) }).completeness).toBe("not_established");
  });

  test("a log that was shorter later than a receipt claims", () => {
    const entry = (count: number, logged_at: string): JsonObject => ({
      logged_at,
      commitment: { type: "ces:checkpoint", count, terminal_hash: chainOf(count).head.terminal_hash },
    });
    expect(judged(texts, { log_entries: [entry(3, at(2))] }).outcome).toBe("valid");
    const backdated = judged(texts, { log_entries: [entry(3, at(5))] });
    expect(places(backdated)).toEqual([3, 4].map((index) => ["issued_at_precedes_excluding_commitment", index]));
    expect(codes(judged(texts, { log_entries: [{ logged_at: "then" }] }).causes)).toEqual(["schema_invalid"]);
  });
});

describe("links of others", () => {
  const before = signedBy(foreign({ spec: "draft-farley-acta-signed-receipts-03" }));
  const receipt = JSON.parse(before);
  const digest = (value: JsonObject) => nodeCrypto.sha256(utf8Encode(canonicalize(value, "rfc8785")));
  const linked = (link: string) => [before, signedBy(foreign({ previousReceiptHash: link }))];
  const conventions = {
    link_b: `sha256:${encodeHex(digest(receipt.payload))}`,
    link_c: encodeBase64Url(digest(receipt)),
    link_d: encodeHex(digest(receipt.payload)),
    link_e: `sha256:${encodeHex(digest({ payload: receipt.payload }))}`,
  } as const;

  test("the draft's own, and without its prefix", () => {
    expect(judged(linked(`sha256:${encodeHex(digest(receipt))}`))).toMatchObject({ outcome: "valid", legacy_links: 0 });
    expect(judged(linked(encodeHex(digest(receipt))))).toMatchObject({ outcome: "valid", legacy_links: 1 });
  });

  test.each(Object.entries(conventions))("%s is recognised, and accepted only by its name", (name, link) => {
    const report = judged(linked(link));
    expect(report.outcome).toBe("invalid");
    expect(report.breaks).toBe(1);
    expect(judged(linked(link), { accept: [name as "link_b"] })).toMatchObject({
      outcome: "valid",
      legacy_links: 1,
      breaks: 0,
    });
    const others = Object.keys(conventions).filter((one) => one !== name) as "link_b"[];
    expect(judged(linked(link), { accept: others }).outcome).toBe("invalid");
  });

  const draft = "draft-farley-acta-signed-receipts-";
  test.each<readonly [string | undefined, boolean]>([
    [undefined, true],
    [`${draft}00`, true],
    [`${draft}01`, true],
    [`${draft}02`, true],
    [`${draft}03`, false],
    [`${draft}04`, false],
    [`${draft}020`, false],
    ["another-draft-01", false],
    ["", false],
  ])("over the payload alone, after a receipt that follows %s: read is %s, with a warning", (spec, read) => {
    const first = foreign(spec === undefined ? {} : { spec });
    // Only what the predecessor cites counts.
    const second = foreign({ spec: `${draft}04`, previousReceiptHash: `sha256:${encodeHex(digest(first))}` });
    const report = judged([signedBy(first), signedBy(second)]);
    expect(report).toMatchObject({ breaks: read ? 0 : 1, legacy_links: read ? 1 : 0 });
    expect(codes(report.causes).includes("chain_break")).toBe(!read);
    expect(report.warnings.some(({ code }) => code === "legacy_link")).toBe(read);
    const bare = foreign({ previousReceiptHash: encodeHex(digest(first)) });
    expect(judged([signedBy(first), signedBy(bare)]).breaks).toBe(1);
  });

  test("the suite's flat receipts follow each other in their own way", () => {
    const vectors = ["1", "2"].map((n) =>
      JSON.parse(
        readFileSync(
          join(import.meta.dirname, `../../../../test/vectors/acta/receipts/legacy-suite-flat-${n}.json`),
          "utf8",
        ),
      ),
    );
    const key = new Uint8Array(Buffer.from(vectors[0].keys.trusted_key_hex, "hex"));
    const chain = vectors.map(({ receipt: one }) => JSON.stringify(one));
    expect(verifyChain(chain, { crypto: nodeCrypto, anchors: { key } })).toMatchObject({
      outcome: "valid",
      legacy_links: 1,
    });
  });
});

describe("bundles", () => {
  test("a list that has links is a chain, one without is a collection", () => {
    const chain = `[${texts.join(",")}]`;
    expect(verifyBundle(chain, options)).toMatchObject({ outcome: "valid", count: 12, breaks: 0 });
    expect(verifyBundle(`{"receipts":[${texts.toSpliced(3, 1).join(",")}]}`, options).outcome).toBe("invalid");
    const loose = [foreign(), foreign({ tool_name: "x" })].map((payload) => signedBy(payload));
    const report = verifyBundle(`[${loose.join(",")}]`, options);
    expect(report).toMatchObject({ outcome: "valid", count: 2 });
    expect(codes(report.warnings)).toContain("completeness_not_established");
  });

  test("its own keys are named and refused", () => {
    const bundle = JSON.stringify({
      receipts: [JSON.parse(signedBy(foreign()))],
      verification: { signing_keys: [jwk(signer.public_key, signer.kid)] },
    });
    expect(codes(verifyBundle(bundle, { crypto: nodeCrypto, anchors: {} }).causes)).toEqual(["keys_not_anchored"]);
    expect(verifyBundle(bundle, { crypto: nodeCrypto, anchors }).outcome).toBe("valid");
  });

  test.each(["", "{}", '{"receipts":{}}', "7", "[]"])("%s is none", (text) => {
    expect(verifyBundle(text, options).outcome).toBe("undecidable");
  });
});
