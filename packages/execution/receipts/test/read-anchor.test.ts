import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { encodeHex, utf8Encode } from "@ces/kernel";
import { readAnchor } from "@ces/receipts";
import { assert as hold, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { encodeBase58 } from "../src/anchors/base58.ts";
import { jwk, signer } from "./receipt-makers.ts";

const ed25519 = generateKeyPairSync("ed25519");
const publicPem = ed25519.publicKey.export({ type: "spki", format: "pem" }).toString();
const raw = new Uint8Array(Buffer.from(ed25519.publicKey.export({ format: "jwk" }).x ?? "", "base64url"));
const read = (text: string) => readAnchor(utf8Encode(text));

test("a key is the same in every form a person may have it", () => {
  for (const text of [
    publicPem,
    publicPem.trim(),
    `\n${encodeHex(raw)}\n`,
    JSON.stringify(ed25519.publicKey.export({ format: "jwk" })),
  ])
    expect(read(text)).toMatchObject({ kind: "read", anchors: { key: raw } });
  const list = read(JSON.stringify({ keys: [jwk(raw, "a"), jwk(signer.public_key, "b")] }));
  expect(list.kind === "read" && list.keys.map(({ kid, fault }) => [kid, fault])).toEqual([
    ["a", null],
    ["b", null],
  ]);
});

test.each<readonly [string, string, string]>([
  ["a private key", ed25519.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), "private key"],
  ["a private JWK", JSON.stringify(ed25519.privateKey.export({ format: "jwk" })), "private key"],
  [
    "another kind of key",
    generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "pem" }).toString(),
    "neither an Ed25519 key",
  ],
  [
    "RSA",
    generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" }).toString(),
    "neither an Ed25519 key",
  ],
  [
    "a truncated key",
    `-----BEGIN PUBLIC KEY-----\n${Buffer.from(createPublicKey(publicPem).export({ type: "spki", format: "der" }))
      .subarray(0, 40)
      .toString("base64")}\n-----END PUBLIC KEY-----`,
    "damaged PEM|truncated",
  ],
  ["a damaged PEM", publicPem.replace("MCow", "!!!!"), "damaged"],
  ["upper case", encodeHex(raw).toUpperCase(), "neither"],
  ["0x", `0x${encodeHex(raw)}`, "neither"],
  ["63 digits", encodeHex(raw).slice(1), "neither"],
  ["nothing", "", "empty"],
  ["a bundle", '{"receipts":[]}', "neither a JWK Set"],
  ["broken JSON", "{", "damaged JSON"],
  ["a weak key", `01${"0".repeat(62)}`, "small order"],
])("%s is refused by its name", (_, text, why) => {
  const refused = read(text);
  expect(refused.kind).toBe("refused");
  expect(refused.kind === "refused" && refused.text).toMatch(new RegExp(why));
  // No part of a key in what is said about it.
  expect(JSON.stringify(refused)).not.toMatch(/[A-Za-z0-9_-]{20}/);
});

test("base58 is Bitcoin's, and counts zeros", () => {
  expect(encodeBase58(utf8Encode("Hello World!"))).toBe("2NEpo7TZRRrLZSi2U");
  expect(encodeBase58(new Uint8Array(3))).toBe("111");
  expect(encodeBase58(new Uint8Array())).toBe("");
  hold(
    property(uint8Array({ maxLength: 40 }), (bytes) => {
      expect(encodeBase58(bytes)).toBe(slowBase58(bytes));
    }),
  );
});

function slowBase58(bytes: Uint8Array): string {
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = "";
  for (; value > 0n; value /= 58n) text = alphabet.charAt(Number(value % 58n)) + text;
  const zeros = [...bytes].findIndex((byte) => byte !== 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + text;
}
