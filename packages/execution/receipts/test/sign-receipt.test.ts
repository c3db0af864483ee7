import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, encodeHex, type JsonObject, nobleCrypto, utf8Encode } from "@ces/kernel";
import {
  EMPTY_CHAIN,
  EXECUTION_TYPE,
  type ExecutionDraft,
  issuerKidOf,
  KEY_ROTATION_TYPE,
  payloadSchemas,
  prepareReceipt,
  readCallerClaims,
  type ReceiptDraft,
  sealReceipt,
  seedSigner,
  signCheckpoint,
  signReceipt,
  verifyReceipt,
} from "@ces/receipts";
import { describe, expect, test } from "vitest";
import { anchors, at, codes, decision, next, options, otherSigner, refusalCodes, signer } from "./receipt-makers.ts";

const signing = { signer, head: EMPTY_CHAIN, issued_at: at(0), crypto: nodeCrypto };
const sign = (draft: object) => signReceipt(draft as ReceiptDraft, signing);

describe("a receipt", () => {
  test("is the draft and what the engine adds, signed over its canonical text", () => {
    const first = next(decision, EMPTY_CHAIN);
    const { payload, signature } = first.receipt;
    expect(payload).toEqual({
      ...decision,
      spec: "draft-farley-acta-signed-receipts-04",
      sig_alg: "EdDSA",
      issuer_id: signer.kid,
      issued_at: at(0),
      sequence: 1,
    });
    expect(signature).toEqual({ alg: "EdDSA", kid: signer.kid, sig: expect.stringMatching(/^[0-9a-f]{128}$/) });
    const message = utf8Encode(canonicalize(payload as unknown as JsonObject, "rfc8785"));
    expect(signature.sig).toBe(encodeHex(nobleCrypto.ed25519Sign(new Uint8Array(32).fill(3), message)));
    expect(first.text).toBe(canonicalize(first.receipt as unknown as JsonObject, "strict"));
    expect(first.head).toEqual({ count: 1, terminal_hash: first.hash });
  });

  test("names the whole receipt before it, and its place", () => {
    const first = next(decision, EMPTY_CHAIN);
    const second = next(decision, first.head);
    expect(second.receipt.payload.previousReceiptHash).toBe(first.hash);
    expect(second.receipt.payload.sequence).toBe(2);
    expect(first.hash).toBe(`sha256:${encodeHex(nodeCrypto.sha256(utf8Encode(first.text)))}`);
    expect("previousReceiptHash" in first.receipt.payload).toBe(false);
  });

  test.each(["spec", "sig_alg", "issuer_id", "issued_at", "sequence", "previousReceiptHash", "signature"])(
    "never takes `%s` from a draft",
    (name) => {
      expect(refusalCodes(sign({ ...decision, [name]: "x" }))).toEqual(["engine_member"]);
      expect(refusalCodes(sign({ ...decision, [name]: null }))).toEqual(["engine_member"]);
    },
  );

  test.each<readonly [string, object, readonly string[]]>([
    ["a member nobody knows", { ...decision, args: "ls" }, ["unexpected_member"]],
    [
      "several faults, all of them",
      { ...decision, decision: "maybe", trust_score: 0.7, x: 1 },
      ["schema_invalid", "schema_invalid", "unexpected_member"],
    ],
    ["a fraction for a score", { ...decision, trust_score: 0.5 }, ["schema_invalid"]],
    ["a number that is not exact", { ...decision, hook_latency_ms: 2 ** 60 + 1 }, ["number_not_exact"]],
    ["no number at all", { ...decision, hook_latency_ms: Number.NaN }, ["schema_invalid"]],
    ["undefined", { ...decision, target: undefined }, ["schema_invalid"]],
    ["a member name that is not ASCII", { ...decision, naïve: 1 }, ["non_ascii_key"]],
    ["a lone surrogate", { ...decision, target: "\ud800" }, ["invalid_unicode"]],
    ["a type that is not written here", { ...decision, type: "protectmcp:lifecycle" }, ["schema_invalid"]],
    ["an oversize member", { ...decision, target: "x".repeat(4096) }, ["schema_invalid"]],
    ["an oversize payload", { ...decision, target: "x".repeat(70_000) }, ["input_too_large"]],
    ["arguments in the name", { ...decision, tool_name: "shell:rm -rf /" }, ["schema_invalid"]],
    [
      "a ring without a sandbox",
      { ...decision, sandbox_backend: "none", sandbox_state: "disabled" },
      ["sandbox_contradiction"],
    ],
    ["an enabled nothing", { ...decision, sandbox_backend: "none", ring: undefined }, ["schema_invalid"]],
    [
      "ring 3 that no kernel confirms",
      { ...decision, sandbox_observed: [{ source: "env", facts: { seccomp: 2 } }] },
      ["sandbox_contradiction"],
    ],
    ["ring 3 of another's sandbox", { ...decision, sandbox_backend: "nono" }, ["sandbox_contradiction"]],
  ])("refuses %s", (_, draft, expected) => {
    expect(refusalCodes(sign(draft))).toEqual(expected);
  });

  test("says what is wrong without repeating it", () => {
    const refused = sign({ ...decision, agent_id: "hunter2 is my password", note: "hunter2" });
    expect(refused.kind).toBe("refused");
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  });

  test("`imports` stands at the beginning of a chain only", () => {
    const imports = `sha256:${"b".repeat(64)}`;
    expect(sign({ ...decision, imports }).kind).toBe("signed");
    const { head } = next(decision, EMPTY_CHAIN);
    const later = signReceipt({ ...decision, imports }, { ...signing, head });
    expect(refusalCodes(later)).toEqual(["schema_invalid"]);
  });
});

describe("no receipt, no execution", () => {
  const failing = (sign: () => Uint8Array) => ({
    ...signing,
    signer: { kid: signer.kid, public_key: signer.public_key, sign },
  });

  test("a signer that throws is a refusal that does not repeat its words", () => {
    const canary = "c0ffee-seed";
    const refused = signReceipt(
      decision,
      failing(() => {
        throw new Error(canary);
      }),
    );
    expect(refusalCodes(refused)).toEqual(["signer_failed"]);
    expect(JSON.stringify(refused)).not.toContain(canary);
  });

  test.each([
    ["another key's signature", otherSigner.sign(new Uint8Array(3))],
    ["nothing", new Uint8Array()],
    ["zeros", new Uint8Array(64)],
  ])("an answer from elsewhere is verified: %s", (_, answer) => {
    expect(
      refusalCodes(
        signReceipt(
          decision,
          failing(() => answer),
        ),
      ),
    ).toEqual(["invalid_signature"]);
  });

  test("a signer whose kid is not its key's, and a head that is none", () => {
    const wrong = { ...signer, kid: otherSigner.kid };
    expect(refusalCodes(signReceipt(decision, { ...signing, signer: wrong }))).toEqual(["issuer_kid_mismatch"]);
    for (const head of [
      { count: 1, terminal_hash: null },
      { count: 0, terminal_hash: `sha256:${"0".repeat(64)}` },
      { count: -1, terminal_hash: null },
      { count: 1, terminal_hash: "0".repeat(64) },
      { count: Number.NaN, terminal_hash: null },
    ])
      expect(refusalCodes(signReceipt(decision, { ...signing, head }))).toEqual(["chain_head_invalid"]);
  });

  test("a time that is none is refused like any other member", () => {
    expect(refusalCodes(signReceipt(decision, { ...signing, issued_at: "yesterday" }))).toEqual(["schema_invalid"]);
  });

  test("a signer that answers later: prepare, then seal", () => {
    const prepared = prepareReceipt(decision, signing);
    if (prepared.kind === "refused") throw new Error("refused");
    const elsewhere = {
      signer: { kid: signer.kid, public_key: signer.public_key },
      head: EMPTY_CHAIN,
      crypto: nodeCrypto,
    };
    const sealed = sealReceipt(prepared, signer.sign(prepared.message), elsewhere);
    expect(sealed).toEqual(next(decision, EMPTY_CHAIN));
    expect(sealReceipt(prepared, otherSigner.sign(prepared.message), elsewhere).kind).toBe("refused");
  });

  test("a seed of another length is an error with its remedy", () => {
    expect(() => seedSigner(new Uint8Array(31), nodeCrypto)).toThrow(expect.objectContaining({ code: "KEY_SEED" }));
  });
});

describe("callers", () => {
  test("say who they are, and nothing else", () => {
    expect(readCallerClaims({ agent_id: "a", session_id: "s" })).toEqual({
      kind: "claims",
      claims: { agent_id: "a", session_id: "s" },
    });
    const names = [
      "issued_at",
      "previousReceiptHash",
      "issuer_id",
      "sequence",
      "policy_digest",
      "sandbox_backend",
      "ring",
      "decision",
    ];
    const refused = readCallerClaims({ agent_id: "a", ...Object.fromEntries(names.map((name) => [name, "x"])) });
    expect(refused.kind === "refused" && codes(refused.causes)).toEqual(names.map(() => "engine_member"));
    expect(readCallerClaims({}).kind).toBe("refused");
    expect(readCallerClaims("agent").kind).toBe("refused");
  });
});

describe("the other kinds", () => {
  const execution: ExecutionDraft = {
    type: EXECUTION_TYPE,
    tool_name: "shell:git",
    agent_id: "did:mesh:tester",
    observed_by: "host",
    result: "succeeded",
    exit_code: 0,
    duration_ms: 12,
    sandbox_backend: "ces_walls",
    sandbox_state: "enabled",
    sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, held: ["memory"], not_held: ["inodes"] } }],
  };

  test("an execution is joined to its decision by hash", () => {
    const decided = next(decision, EMPTY_CHAIN);
    const ran = next({ ...execution, decision_receipt_hash: decided.hash }, decided.head);
    expect(ran.receipt.payload).toMatchObject({
      decision_receipt_hash: decided.hash,
      result: "succeeded",
      sequence: 2,
    });
    expect(verifyReceipt(ran.text, options).outcome).toBe("valid");
  });

  test("a rotation names the next key by digest, never by its bytes", () => {
    const rotation = {
      type: KEY_ROTATION_TYPE,
      new_kid: otherSigner.kid,
      new_key_digest: `sha256:${encodeHex(nodeCrypto.sha256(otherSigner.public_key))}`,
      effective_at: at(10),
      reason: "scheduled",
    } as const;
    const signed = next(rotation, EMPTY_CHAIN);
    expect(verifyReceipt(signed.text, options).outcome).toBe("valid");
    expect(signed.text).not.toContain(encodeHex(otherSigner.public_key));
    expect(refusalCodes(sign({ ...rotation, public_key: "00" }))).toEqual(["unexpected_member"]);
  });

  test("a checkpoint says how long the chain is; an empty chain has none", () => {
    const { head, hash } = next(decision, EMPTY_CHAIN);
    const checkpoint = signCheckpoint({ ...signing, head });
    if (checkpoint.kind === "refused") throw new Error("refused");
    expect(checkpoint.receipt.payload).toMatchObject({ type: "ces:checkpoint", count: 1, terminal_hash: hash });
    expect(checkpoint.head).toEqual(head);
    expect(verifyReceipt(checkpoint.text, { crypto: nodeCrypto, anchors }).outcome).toBe("valid");
    expect(signCheckpoint(signing).kind).toBe("refused");
  });

  test("their schemas are published, closed", () => {
    const schemas = payloadSchemas();
    expect(Object.keys(schemas)).toEqual([
      "protectmcp:decision",
      "ces:execution",
      "ces:key_rotation",
      "ces:checkpoint",
    ]);
    for (const schema of Object.values(schemas))
      expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    const [of] = Object.values(schemas) as unknown as { properties: object; required: string[] }[];
    expect(Object.keys(of!.properties)).toEqual(
      expect.arrayContaining(Object.keys(next(decision, EMPTY_CHAIN).receipt.payload)),
    );
    expect(of!.required).not.toContain("previousReceiptHash");
  });
});

test("names of keys: base58 of the key, as the format's published examples have them", () => {
  const x = "UhYIFG8QFIVT9nNeKL1fcXp5akfQa3DkjOtjsN-w1Uo";
  expect(issuerKidOf(new Uint8Array(Buffer.from(x, "base64url")))).toBe("sb:issuer:6XRv8ZfPuxt1");
});
