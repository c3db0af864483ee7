// Receipts: sealed only when their schema takes them, signed as the reference signs, verified for more than that.
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "@ces/crypto-node";
import { encodeBase64, encodeHex, nobleCrypto, type Json } from "@ces/kernel";
import {
  blankReceipt,
  blockedReceipt,
  type ExecutionReceipt,
  publishedReceipt,
  readPrivateKey,
  readPublicKey,
  type ReceiptOutcome,
  receiptSha256,
  receiptText,
  sealReceipt,
  seedKey,
  signReceipt,
  cscSchemas,
  readReceipt,
  readTrust,
  receiptChain,
  schemaViolations,
  type TrustedKey,
  verifyReceipt,
} from "../src/index.ts";
import { bytesOf, NOW } from "./samples.ts";

const seed = new Uint8Array(32).fill(5);
const public_key = nobleCrypto.ed25519PublicKey(seed);
const hash = `sha256:${"ef".repeat(32)}`;
let drawn = 0;
const blank = () =>
  blankReceipt({
    contract_id: "contract-0001",
    contract_sha256: "ab".repeat(32),
    policy: { name: "p", policy_schema_version: "csc.policy.v0.1" },
    policy_sha256: "cd".repeat(32),
    mode: "hardened",
    runner_version: "0.1.0",
    now: NOW,
    random: (size) => new Uint8Array(size).fill((drawn += 1)),
  });
const outcome: ReceiptOutcome = {
  status: "success",
  ended_at: "2026-03-23T12:00:05.000Z",
  exit_code: 0,
  stdout_hash: hash,
  stderr_hash: hash,
  artifacts: [{ path: "/w/a", sha256: "01".repeat(32) }],
  effect_summary: { files_written: 1, network_used: false, secrets_used: 0 },
  completed_command_ids: ["c1"],
  reason_codes: ["ALLOW"],
  decision: "allow",
};
const key = seedKey(seed, { key_id: "k1", signed_at: "2026-03-23T12:00:06.000Z", crypto: nobleCrypto });
const signed = (change: Partial<ReceiptOutcome> = {}) =>
  signReceipt(sealReceipt(blank(), { ...outcome, ...change }), key);
const plain = (receipt: ExecutionReceipt): Json => JSON.parse(receiptText(receipt));
const verdictOf = (receipt: Json, trusted: TrustedKey | undefined = { public_key }) => {
  const verdict = verifyReceipt(receipt, (id) => (id === "k1" ? trusted : undefined), nodeCrypto);
  return verdict.kind === "valid" ? "valid" : `${verdict.kind}: ${verdict.reason}`;
};

describe("sealing", () => {
  test("gives a receipt that its schema and its own door take, with an id of its own", () => {
    const [one, two] = [sealReceipt(blank(), outcome), sealReceipt(blank(), outcome)];
    expect(one.execution_id).toMatch(/^exec_[0-9a-f]{32}$/);
    expect(one.execution_id).not.toBe(two.execution_id);
    expect(readReceipt(bytesOf(receiptText(one)), nobleCrypto)).toMatchObject({ kind: "read", value: one });
  });

  test.each([
    ["a success without an exit code", { exit_code: undefined }],
    ["an id twice", { completed_command_ids: ["c1", "c1"] }],
    ["a hash in the wrong form", { stdout_hash: "ef".repeat(32) }],
    ["a negative count", { effect_summary: { files_written: -1 } }],
    ["a member nobody knows", { surprise: 1 }],
    ["a result without a stream", { results: [{ command_id: "c1", status: "success", exit_code: 0 }] }],
  ])("refuses %s", (_, change) => {
    const members = Object.fromEntries(
      Object.entries({ ...outcome, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(() => sealReceipt(blank(), members as unknown as ReceiptOutcome)).toThrow(
      expect.objectContaining({ code: "CSC_RECEIPT_INVALID" }),
    );
  });

  test("cuts the error by code points and repairs halves of pairs", () => {
    const { error } = sealReceipt(blank(), { ...outcome, error: `${"😀".repeat(5000)}\ud800` });
    expect([...(error ?? "")]).toHaveLength(4000);
    expect(error).toMatch(/\.\.\. \[truncated\]$/);
    expect(sealReceipt(blank(), { ...outcome, error: "x\ud800" }).error).toBe("x\ufffd");
  });

  test("a blocked receipt needs nothing of a run, and says what failed", () => {
    const receipt = blockedReceipt(blank(), { now: NOW, error: "denied", reason_codes: ["ENV_NOT_ALLOWED"] });
    expect(receipt).toMatchObject({ status: "blocked", completed_command_ids: [], failed_command_id: null });
  });

  test("its published form is what the published schema takes", () => {
    expect(schemaViolations(cscSchemas["receipt-published"].schema, plain(publishedReceipt(signed())))).toEqual([]);
  });
});

describe("verifying", () => {
  test("takes what was signed, and knows nothing without the key", () => {
    expect(verdictOf(plain(signed()))).toBe("valid");
    expect(verifyReceipt(plain(signed()), () => undefined, nodeCrypto)).toMatchObject({
      kind: "undecidable",
      reason: "unknown key_id",
    });
    expect(verdictOf(plain(signed()), { public_key: new Uint8Array(32) })).toBe("undecidable: invalid key material");
  });

  test("finds every change of every member", () => {
    const receipt = plain(signed());
    const leaves = (value: Json, path: readonly string[]): (readonly string[])[] =>
      typeof value === "object" && value !== null
        ? [path, ...Object.entries(value).flatMap(([name, one]) => leaves(one, [...path, name]))]
        : [path];
    for (const path of leaves(receipt, []).filter((one) => one.length > 0)) {
      const copy = structuredClone(receipt) as Record<string, Json>;
      const holder = path.slice(0, -1).reduce<object>((at, name) => Object(Reflect.get(at, name)), copy);
      Reflect.deleteProperty(holder, path.at(-1)!);
      expect([path.join("/"), verdictOf(copy)]).not.toEqual([path.join("/"), "valid"]);
    }
    expect(verdictOf({ ...(receipt as object), extra: 1 })).toBe("invalid: invalid signature");
  });

  test("no byte of the text can be changed", () => {
    const text = receiptText(signed());
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "a", " ", '"', "}", "\\"), (at, char) => {
        const changed = text.slice(0, at) + char + text.slice(at + 1);
        fc.pre(changed !== text);
        let value: Json;
        try {
          value = JSON.parse(changed);
        } catch {
          return;
        }
        fc.pre(JSON.stringify(value) !== JSON.stringify(JSON.parse(text)));
        expect(verdictOf(value)).not.toBe("valid");
      }),
      { numRuns: 400 },
    );
  });

  test("signed is not enough: the schema of its version must take it", () => {
    const forged = signReceipt(
      { ...sealReceipt(blank(), outcome), status: "fine" } as unknown as ExecutionReceipt,
      key,
    );
    expect(verdictOf(plain(forged))).toBe("invalid: schema");
    const published = signReceipt({ ...publishedReceipt(signed()), reason_codes: ["ALLOW"] }, key);
    expect(verdictOf(plain(published))).toBe("invalid: schema");
  });

  test.each([
    ["nothing", null, "missing signature"],
    ["a list", [], "missing signature"],
    ["null", { signature: null }, "missing signature"],
    ["a text", { signature: "x" }, "malformed signature object"],
    ["a list as signature", { signature: [] }, "malformed signature object"],
    ["another algorithm", { signature: { algorithm: "ED25519" } }, "unsupported algorithm"],
    ["no id", { signature: { algorithm: "ed25519", key_id: "" } }, "missing key_id in signature"],
    ["no value", { signature: { algorithm: "ed25519", key_id: "k1" } }, "missing signature value"],
    [
      "bad base64",
      { signature: { algorithm: "ed25519", key_id: "k1", signature: "AAA" } },
      "malformed signature encoding",
    ],
    [
      "a short signature",
      { signature: { algorithm: "ed25519", key_id: "k1", signature: "AAAA" } },
      "invalid signature",
    ],
    [
      "a fraction inside",
      {
        exit_code: 1.5,
        signature: { algorithm: "ed25519", key_id: "k1", signature: encodeBase64(new Uint8Array(64)) },
      },
      "payload cannot be canonicalised",
    ],
  ] as const)("%s", (_, receipt, reason) => expect(verdictOf(receipt as unknown as Json)).toBe(`invalid: ${reason}`));

  test("a signature is not respelled: trailing bits, line breaks", () => {
    const receipt = plain(signed()) as { signature: { signature: string } };
    const value = receipt.signature.signature;
    for (const other of [`${value}\n`, value.replace(/==$/, ""), value.replace("/", "_"), ` ${value}`]) {
      if (other === value) continue;
      expect(verdictOf({ ...receipt, signature: { ...receipt.signature, signature: other } } as unknown as Json)).toBe(
        "invalid: malformed signature encoding",
      );
    }
  });

  test("a key counts from when to when", () => {
    const receipt = plain(signed());
    const at = (times: Omit<TrustedKey, "public_key">) => verdictOf(receipt, { public_key, ...times });
    expect(at({ valid_from: "2026-03-23T12:00:06Z", valid_until: "2026-03-23T12:00:07Z" })).toBe("valid");
    expect(at({ valid_from: "2026-03-23T12:00:07Z" })).toBe("invalid: key not valid at signing time");
    expect(at({ valid_until: "2026-03-23T12:00:06Z" })).toBe("invalid: key not valid at signing time");
    expect(at({ revoked_at: "2026-03-23T12:00:00Z" })).toBe("invalid: key not valid at signing time");
    expect(at({ revoked_at: "never" })).toBe("invalid: key not valid at signing time");
    const untimed = plain(signReceipt(sealReceipt(blank(), outcome), { ...key, signed_at: "yesterday" }));
    expect(verdictOf(untimed, { public_key, valid_from: "2020-01-01T00:00:00Z" })).toBe(
      "invalid: key not valid at signing time",
    );
  });

  test("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void verdictOf(value as Json)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void verdictOf({ signature: value } as unknown as Json)),
      { numRuns: 500 },
    );
  });
});

test("a row of receipts names each the one before it", () => {
  const first = signed();
  const second = signed({ previous_receipt_sha256: receiptSha256(first, nobleCrypto) });
  const third = signed({ previous_receipt_sha256: receiptSha256(second, nobleCrypto) });
  expect(receiptChain([first, second, third], nobleCrypto)).toEqual([]);
  expect(receiptChain([first, third], nobleCrypto)).toEqual([
    { at: 1, text: "the receipt before it is not the one that it names" },
  ]);
  expect(receiptChain([third, first], nobleCrypto)).toEqual([{ at: 1, text: "it names no receipt before it" }]);
});

describe("keys", () => {
  const pair = generateKeyPairSync("ed25519");
  const spki = new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" }));
  const pkcs8 = new Uint8Array(pair.privateKey.export({ format: "der", type: "pkcs8" }));
  const read = (input: Uint8Array | string) => {
    const answer = readPublicKey(input);
    return answer.kind === "read" ? encodeHex(answer.bytes) : answer.kind;
  };
  const raw = spki.slice(12);

  test("public ones in every form", () => {
    const pem = pair.publicKey.export({ format: "pem", type: "spki" }).toString();
    const forms = [
      raw,
      spki,
      pem,
      bytesOf(pem),
      bytesOf(pem.replaceAll("\n", "\r\n")),
      encodeBase64(raw),
      `${encodeBase64(raw)}\n`,
      encodeBase64(spki),
      encodeHex(raw),
      encodeHex(raw).toUpperCase(),
    ];
    for (const form of forms) expect(read(form)).toBe(encodeHex(raw));
  });

  test("private ones in every form", () => {
    const pem = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    for (const form of [pkcs8.slice(16), new Uint8Array([...pkcs8.slice(16), ...raw]), pkcs8, bytesOf(pem)]) {
      expect(readPrivateKey(form)).toEqual({ kind: "read", bytes: pkcs8.slice(16) });
    }
  });

  test("other keys, two keys, and cut ones are none", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const x25519 = generateKeyPairSync("x25519");
    const pem = pair.publicKey.export({ format: "pem", type: "spki" }).toString();
    for (const bad of [
      ...[rsa.publicKey, x25519.publicKey].map((one) => new Uint8Array(one.export({ format: "der", type: "spki" }))),
      bytesOf(rsa.publicKey.export({ format: "pem", type: "spki" }).toString()),
      bytesOf(pem + pem),
      bytesOf(`text before\n${pem}`),
      spki.slice(0, -1),
      new Uint8Array([...spki, 0]),
      new Uint8Array([...spki, 5, 0]),
      // The same content with lengths in a longer form than they need.
      new Uint8Array([0x30, 0x81, spki.length - 2, ...spki.slice(2)]),
      new Uint8Array(0),
      new Uint8Array(5000),
      new Uint8Array(32),
      bytesOf("x"),
    ])
      expect(read(bad)).toBe("refused");
    const encrypted = pair.privateKey
      .export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" })
      .toString();
    for (const bad of [
      bytesOf(encrypted),
      new Uint8Array(rsa.privateKey.export({ format: "der", type: "pkcs8" })),
      new Uint8Array(x25519.privateKey.export({ format: "der", type: "pkcs8" })),
      pkcs8.slice(0, -1),
      new Uint8Array([...pkcs8, 0]),
    ])
      expect(readPrivateKey(bad).kind).toBe("refused");
  });

  test("never throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(60), (bytes, at) => {
        readPublicKey(bytes);
        readPrivateKey(bytes);
        const changed = pkcs8.slice();
        changed[at % changed.length] = bytes[0] ?? 0;
        readPrivateKey(changed);
        readPublicKey(changed);
      }),
      { numRuns: 1000 },
    );
  });

  test("a trust file is believed whole or not at all", () => {
    const one = { key_id: "k1", public_key: encodeBase64(public_key) };
    expect(readTrust(bytesOf({ keys: [{ ...one, valid_until: "2027-01-01T00:00:00Z" }] }))).toMatchObject({
      kind: "read",
    });
    for (const keys of [
      [one, one],
      [{ ...one, public_key: "x" }],
      [{ ...one, revoked_at: "never" }],
      [{ ...one, more: 1 }],
      "k1",
    ])
      expect(readTrust(bytesOf({ keys })).kind).toBe("refused");
  });
});
