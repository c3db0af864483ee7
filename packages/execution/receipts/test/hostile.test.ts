// Receipts and key lists that were written to get through, by hand; each was tried because some verifier of the format takes it.
import { nodeCrypto } from "@ces/crypto-node";
import { encodeBase64Url, encodeHex, type Json, type JsonObject } from "@ces/kernel";
import { readAnchor, readJwks, verifyBundle, verifyDisclosure, verifyReceipt, verifyReceiptValue } from "@ces/receipts";
import { utf8Encode } from "@ces/kernel";
import { describe, expect, test } from "vitest";
import { leafHash } from "../src/disclosure/merkle.ts";
import { codes, foreign, jwk, next, options, decision, signedBy, signer } from "./receipt-makers.ts";
import { EMPTY_CHAIN } from "@ces/receipts";

const causes = (text: string) => codes(verifyReceipt(text, options).causes);
const good = signedBy(foreign());

describe("a member called `signature` in what is signed", () => {
  // "Take it out, then canonicalise" and "canonicalise as it is" agree on none of them.
  test.each([null, "", 0, false, "x", [], {}].map((value) => [JSON.stringify(value), value] as const))(
    "%s",
    (_, value) => {
      expect(causes(signedBy(foreign({ signature: value as Json })))).toEqual(["signature_in_signing_input"]);
    },
  );
});

describe("a key that the receipt brings along", () => {
  const names = "public_key publicKey pubkey signer_public_key verification_key verification_jwk jwk jwks x5c".split(
    " ",
  );
  const key = encodeHex(signer.public_key);
  const without = { crypto: nodeCrypto, anchors: {} };
  const judged = (receipt: JsonObject) => codes(verifyReceiptValue(receipt, without).causes);

  test.each(names)("as `%s` is refused by its name, wherever it stands", (name) => {
    const { payload, signature } = JSON.parse(signedBy(foreign({ [name]: key })));
    const plain = JSON.parse(good);
    expect(judged({ payload, signature })).toContain("embedded_key_rejected");
    expect(judged({ ...plain, [name]: key })).toContain("embedded_key_rejected");
    expect(judged({ ...plain, signature: { ...plain.signature, [name]: key } })).toContain("embedded_key_rejected");
    expect(judged(plain)).toEqual(["no_public_key"]);
  });
});

describe("texts", () => {
  const deep = (levels: number) => `{"payload":${'{"a":'.repeat(levels)}1${"}".repeat(levels)},"signature":{}}`;
  test.each<readonly [string, string, string]>([
    ["deep nesting", deep(100), "too_deep"],
    ["very deep nesting", deep(150_000), "too_deep"],
    ["deep lists", "[".repeat(500_000), "too_deep"],
    ["a member twice", good.replace('{"payload":', '{"payload":{},"payload":'), "duplicate_key"],
    ["a decision twice", good.replace('"decision":"allow"', '"decision":"deny","decision":"allow"'), "duplicate_key"],
    [
      "a member twice by an escape",
      good.replace('"decision":"allow"', '"decision":"allow","\\u0064ecision":"deny"'),
      "duplicate_key",
    ],
    ["__proto__ twice", '{"__proto__":1,"__proto__":2}', "duplicate_key"],
    ["a huge number", good.replace('"issued_at"', '"n":1e999,"issued_at"'), "number_out_of_range"],
    [
      "a number that a double rounds",
      good.replace('"issued_at"', '"n":9007199254740993,"issued_at"'),
      "number_not_exact",
    ],
    [
      "a very long number",
      good.replace('"issued_at"', `"n":${"9".repeat(500_000)},"issued_at"`),
      "number_out_of_range",
    ],
    [
      "a very long fraction",
      good.replace('"issued_at"', `"n":0.${"0".repeat(500_000)}1,"issued_at"`),
      "number_not_exact",
    ],
    ["a lone surrogate", good.replace("read_file", "\\ud800"), "invalid_unicode"],
    ["a byte order mark", `\ufeff${good}`, "malformed_json"],
    ["two values", `${good} ${good}`, "malformed_json"],
    ["a comment", `${good}//`, "malformed_json"],
    ["a comma at the end", good.replace(/\}$/, ",}"), "malformed_json"],
    ["a name with Cyrillic letters", good.replace('"decision"', '"d\u0435cision"'), "non_ascii_key"],
    ["more than a mebibyte", good.replace("read_file", "x".repeat(1024 * 1024)), "input_too_large"],
  ])("%s", (_, text, cause) => {
    const start = performance.now();
    expect(causes(text)).toEqual([cause]);
    expect(verifyBundle(text, options).outcome).not.toBe("valid");
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("`__proto__` as a signed member is a member like any other, and grants nothing", () => {
    const payload = JSON.parse('{"__proto__":{"decision":"allow","tool_name":"x"}}');
    const text = signedBy({ ...foreign(), ...payload });
    const hidden = `{"payload":{"__proto__":${JSON.stringify(foreign())}},"signature":${JSON.stringify(JSON.parse(good).signature)}}`;
    // Its signer signed it, and no reader takes the decision out of it.
    const report = verifyReceipt(text, options);
    expect([report.outcome, report.type, report.attested]).toEqual([
      "valid",
      "protectmcp:decision",
      expect.arrayContaining(["payload.__proto__", "payload.decision"]),
    ]);
    expect(verifyReceipt(hidden, options).outcome).toBe("invalid");
    expect(({} as Record<string, unknown>)["decision"]).toBeUndefined();
  });

  test("look-alikes in words that decide are other words", () => {
    for (const decision_ of ["\u0430llow", "allow\u200b", "ALLOW", "allow ", "allow\u0000"])
      expect(causes(signedBy(foreign({ decision: decision_ })))).toContain("schema_invalid");
  });
});

describe("key lists", () => {
  const read = (value: unknown) => readJwks(value as Json);
  test.each([
    ["keys that are an object", { keys: { 0: jwk(signer.public_key, signer.kid), length: 1 } }],
    ["no keys", {}],
    ["a list", [jwk(signer.public_key, signer.kid)]],
  ])("%s are no list", (_, value) => expect(read(value)).toBeUndefined());

  test("a bad entry never stands in for a good one", () => {
    const entries = [
      null,
      [],
      "x",
      1,
      { kid: signer.kid, kty: "oct", k: "AA" },
      { ...jwk(signer.public_key, ""), kid: ["x"] },
    ];
    const jwks = read({ keys: entries })!;
    expect(verifyReceipt(good, { crypto: nodeCrypto, anchors: { jwks } }).outcome).toBe("undecidable");
  });

  test("x in another spelling of base64 is no key", () => {
    const x = encodeBase64Url(signer.public_key);
    for (const odd of [
      `${x}=`,
      ` ${x}`,
      `${x}\n`,
      x.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
      `${x}AA`,
    ])
      expect(read({ keys: [{ ...jwk(signer.public_key, "k"), x: odd }] })?.keys[0]?.public_key ?? null).toBeNull();
  });

  test("a list with a key twice, deeply nested or very long is refused or read in time", () => {
    const entry = JSON.stringify(jwk(signer.public_key, signer.kid));
    const texts = [
      `{"keys":[${entry}],"keys":[]}`,
      `{"keys":${"[".repeat(10_000)}`,
      `{"keys":[${Array(6000).fill(entry).join(",")}]}`,
      `-----BEGIN PUBLIC KEY-----${"\n".repeat(900_000)}-----END PUBLIC KEY-----`,
      `-----BEGIN ${"A ".repeat(300_000)}-----`,
    ];
    for (const text of texts) {
      const start = performance.now();
      readAnchor(utf8Encode(text));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});

describe("disclosures", () => {
  test("a salt that can be guessed is told, though it leads to the root", () => {
    const salted = (bytes: number) => {
      const leaf = { name: "a", salt: encodeBase64Url(new Uint8Array(bytes).fill(7)), value: 1 };
      const canonical = `{"name":"a","salt":"${leaf.salt}","value":1}`;
      const root = encodeHex(leafHash(nodeCrypto, utf8Encode(canonical)));
      return verifyDisclosure(root, { ...leaf, proof: { index: 0, tree_size: 1, siblings: [] } }, nodeCrypto);
    };
    expect(codes(salted(15))).toEqual(["salt_too_short"]);
    expect(codes(salted(16))).toEqual([]);
  });
});

test("what is left of all that: the good ones are good", () => {
  expect(causes(good)).toEqual([]);
  expect(causes(next(decision, EMPTY_CHAIN).text)).toEqual([]);
});
