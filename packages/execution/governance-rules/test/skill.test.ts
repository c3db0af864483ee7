// The skill's contract: the 23 tests of its first implementation restated (spec/acta.md §2.7), with receipts that really verify.
import { describe, expect, test } from "vitest";
import { nobleCrypto, sha256Hex, utf8Encode } from "@ces/kernel";
import { policyDigest, saltedDigest, seedSigner } from "@ces/receipts";
import { policyInvalid } from "../src/load/load-policy.ts";
import { type SkillBackend, SKILL_BACKENDS } from "../src/skill/backend.ts";
import { trustBook } from "../src/skill/trust-book.ts";
import { altered, chainVerified, memoryChain, openTest, optionsOf, sample, verified } from "./chains.ts";
import { file, fileOf } from "./policies.ts";

const allowed = async (action: string): Promise<boolean> => (await openTest().checkPolicy(action)).allowed;
const claim = (backend: SkillBackend) => ({ ...optionsOf().sandbox, backend });

describe("contract (9)", () => {
  test("a file:read action is allowed by the prefix rule", async () =>
    expect(await allowed("file:read:/workspace/main.py")).toBe(true));
  test("shell:python is allowed by the list", async () => expect(await allowed("shell:python")).toBe(true));
  test("`shell:rm -rf /` is denied", async () => expect(await allowed("shell:rm -rf /")).toBe(false));
  test("an unknown action is denied by default", async () => {
    expect(await openTest().checkPolicy("unknown")).toMatchObject({
      allowed: false,
      decision: "deny",
      reason: "No matching rule - default deny",
      policy_name: null,
      policy_id: "default_deny",
      verdict: { kind: "deny", reasons: [{ code: "RULE_NONE" }] },
    });
  });
  test("trust begins at 1.0 and is 0.7 after -0.3", () => {
    const skill = openTest();
    expect([skill.getTrustScore("x"), skill.adjustTrust("x", -0.3), skill.getTrustScore("x")]).toEqual([1, 0.7, 0.7]);
  });
  test("two checks leave two entries, the first an allow", async () => {
    const skill = openTest();
    await skill.checkPolicy("file:read:/t");
    await skill.checkPolicy("shell:rm /");
    expect(skill.getAuditLog().map(({ decision }) => decision)).toEqual(["allow", "deny"]);
  });
  test("loading the sample gives 3 rules", () => expect(openTest().policy().book.rules).toHaveLength(3));
  test("a policy that is not there is no empty one: the problem is said", () => {
    // A missing folder is told by whoever reads folders; here no file at all is a denial of everything, with a warning.
    expect(policyInvalid([{ file: "nope", line: 1, text: "is not there" }])).toMatchObject({
      code: "POLICY_INVALID",
      message: "nope:1: is not there",
    });
  });
  test("an empty message is none", async () => {
    const rule = { name: "a", condition: { value: "x" }, action: "deny", message: "" };
    const { reason } = await openTest({ policies: [fileOf([rule])] }).checkPolicy("x");
    expect(reason).toBe("Denied by rule: a");
  });
  test("shell:rm is decided by the rule of priority 100", async () => {
    expect(await openTest().checkPolicy("shell:rm")).toMatchObject({ policy_name: "block-danger", reason: "Blocked" });
  });
});

describe("receipts (6)", () => {
  test("an allow carries one, with decision, type and a recomputable digest", async () => {
    const { receipt } = await openTest().checkPolicy("file:read:/a", { agent_did: "did:mesh:a" });
    expect(receipt?.payload).toEqual({
      type: "protectmcp:decision",
      spec: "draft-farley-acta-signed-receipts-04",
      sig_alg: "EdDSA",
      issuer_id: receipt?.signature.kid,
      issued_at: "2026-11-27T12:00:00.000Z",
      sequence: 1,
      tool_name: "file:read",
      decision: "allow",
      reason: "rule_allows",
      agent_id: "did:mesh:a",
      observed_by: "caller",
      policy_id: "allow-read",
      policy_engine: "governance.toolkit/v1",
      policy_digest: digestOf("governance.toolkit/v1"),
      trust_score: 1000,
      trust_policy: "ces.trust/v1",
      target_digest: saltedDigest(nobleCrypto, new Uint8Array(32).fill(9), utf8Encode("file:read:/a")),
      sandbox_backend: "sb_runtime_builtin",
      ring: 3,
      sandbox_state: "unavailable",
      sandbox_observed: [],
    });
  });
  test("a deny carries one too", async () => {
    expect((await openTest().checkPolicy("shell:rm x")).receipt?.payload).toMatchObject({
      decision: "deny",
      policy_id: "block-danger",
      reason: "rule_denies",
    });
  });
  test("it verifies with the public key", async () => {
    const { receipt } = await openTest().checkPolicy("shell:git");
    expect(verified(altered(receipt, {}))).toBe("valid");
  });
  test("changing the decision breaks it", async () => {
    const { receipt } = await openTest().checkPolicy("shell:rm x");
    expect(verified(altered(receipt, { decision: "allow" }))).toBe("invalid");
  });
  test("the first has no link, the second links to the first", async () => {
    const chain = memoryChain();
    const skill = openTest({ record: chain.record });
    const first = await skill.checkPolicy("shell:git");
    const second = await skill.checkPolicy("shell:rm x");
    expect(first.receipt?.payload).not.toHaveProperty("previousReceiptHash");
    expect(second.receipt?.payload["previousReceiptHash"]).toBe(
      `sha256:${sha256Hex(nobleCrypto, chain.texts[0] ?? "")}`,
    );
    expect(chainVerified(chain.texts)).toMatchObject({ outcome: "valid", count: 2, breaks: 0 });
  });
  test("not signed, there is none and the chain stays where it is", async () => {
    const chain = memoryChain();
    const skill = openTest({ record: chain.record });
    expect((await skill.checkPolicy("shell:git", {}, { sign: false })).receipt).toBeNull();
    expect(chain.head().count).toBe(0);
    expect(skill.getAuditLog()).toMatchObject([{ recorded: "off" }]);
  });
});

describe("backends (4)", () => {
  test("sb_runtime_builtin stands in decision and payload", async () => {
    const { sandbox_backend, ring, receipt } = await openTest().checkPolicy("shell:git");
    expect([sandbox_backend, ring, receipt?.payload["sandbox_backend"], receipt?.payload["ring"]]).toEqual([
      "sb_runtime_builtin",
      3,
      "sb_runtime_builtin",
      3,
    ]);
  });
  test.each(["nono", "openshell"] as const)("%s is recorded with ring 2", async (backend) => {
    const { receipt } = await openTest({ sandbox: { ...claim(backend), ring: 2 } }).checkPolicy("shell:git");
    expect(receipt?.payload).toMatchObject({ sandbox_backend: backend, ring: 2 });
  });
  test("altering the backend breaks the signature", async () => {
    const { receipt } = await openTest({ sandbox: claim("nono") }).checkPolicy("shell:git");
    for (const other of SKILL_BACKENDS.filter((name) => name !== "nono"))
      expect(verified(altered(receipt, { sandbox_backend: other }))).toBe("invalid");
  });
});

describe("digest (2)", () => {
  test("two loads agree, with the prefix", () => {
    const [one, other] = [openTest().policy().digest, openTest().policy().digest];
    expect(one).toBe(other);
    expect(one).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
  test("another rule changes it", () => {
    const more = openTest({ policies: [sample, fileOf([{ name: "more", condition: { value: "x" } }], "more.yaml")] });
    expect(more.policy().digest).not.toBe(openTest().policy().digest);
  });
});

describe("keys (2)", () => {
  test("a key that is loaded again has the same kid", () => {
    expect(seedSigner(new Uint8Array(32).fill(7), nobleCrypto).kid).toBe(memorySigner().kid);
    expect(memorySigner().kid).toMatch(/^sb:issuer:[1-9A-HJ-NP-Za-km-z]{12}$/);
  });
  test("a kid that is not the key's is refused: a receipt's issuer is its key", async () => {
    const named = { ...memorySigner(), kid: "sb:issuer:111111111111" };
    const decision = await openTest({ record: memoryChain(named).record }).checkPolicy("shell:git");
    expect(decision).toMatchObject({ allowed: false, reason_code: "RECEIPT_MISSING", receipt: null });
  });
});

describe("no receipt, no execution", () => {
  test("a signer that fails denies what the policy allows, and the log says so, unsigned", async () => {
    const skill = openTest({
      record: () => {
        throw new Error("seed 0707 is lost");
      },
    });
    const decision = await skill.checkPolicy("shell:git");
    expect(decision).toMatchObject({
      allowed: false,
      decision: "deny",
      verdict: { kind: "deny", reasons: [{ code: "RECEIPT_MISSING" }] },
      policy_name: "allow-shell",
      receipt: null,
    });
    expect(decision.reason).toBe("Denied: no receipt (the receipt could not be signed and stored)");
    expect(skill.getAuditLog()).toMatchObject([{ decision: "deny", recorded: "failed" }]);
  });
});

describe("trust", () => {
  test("stays within 0 and 1", () => {
    const book = trustBook();
    expect([book.adjust("x", -0.3), book.adjust("x", -5), book.adjust("x", 9)]).toEqual([0.7, 0, 1]);
    expect(() => book.adjust("x", Number.NaN)).toThrow(expect.objectContaining({ code: "TRUST_DELTA" }));
  });
  test("three denials at 0.15 leave 0.55, exactly", () => {
    const book = trustBook();
    expect([1, 2, 3].map(() => book.adjust("x", -0.15)).at(-1)).toBe(0.55);
  });
  test("of an agent below the threshold no allow is left: a person decides", async () => {
    const skill = openTest();
    skill.adjustTrust("did:mesh:a", -0.6);
    const decision = await skill.checkPolicy("shell:git", { agent_did: "did:mesh:a" });
    expect(decision).toMatchObject({
      allowed: false,
      decision: "require_approval",
      reason_code: "TRUST_LOW",
      verdict: { kind: "ask" },
      trust_score: 0.4,
    });
    expect(decision.receipt?.payload).toMatchObject({ decision: "require_approval", trust_score: 400 });
    expect((await skill.checkPolicy("shell:git", { agent_did: "did:mesh:b" })).allowed).toBe(true);
    expect((await skill.checkPolicy("shell:rm x", { agent_did: "did:mesh:a" })).decision).toBe("deny");
    skill.adjustTrust("did:mesh:a", 0.1);
    expect((await skill.checkPolicy("shell:git", { agent_did: "did:mesh:a" })).decision).toBe("allow");
    skill.adjustTrust("did:mesh:a", -0.001);
    expect((await skill.checkPolicy("shell:git", { agent_did: "did:mesh:a" })).decision).toBe("require_approval");
  });
  test("can be asked about by a rule, and is never the caller's to say", async () => {
    const only = fileOf([
      { name: "trusted", condition: { field: "trust_score", operator: "at_least", value: 0.9 }, action: "allow" },
    ]);
    const skill = openTest({ policies: [only] });
    skill.adjustTrust("a", -0.3);
    expect((await skill.checkPolicy("x", { agent_did: "b" })).allowed).toBe(true);
    expect((await skill.checkPolicy("x", { agent_did: "a", trust_score: 1 })).allowed).toBe(false);
  });
});

describe("words", () => {
  const words = openTest({
    policies: [
      fileOf(
        ["allow", "deny", "require_approval", "rate_limit"].map((action) => ({
          name: action,
          condition: { value: action },
          action,
        })),
      ),
    ],
  });
  test.each([
    ["allow", "allow", "allow", true],
    ["deny", "deny", "deny", false],
    ["require_approval", "ask", "require_approval", false],
    ["rate_limit", "deny", "deny", false],
  ])("%s is the house's %s and the receipt's %s", async (word, kind, written, isAllowed) => {
    const decision = await words.checkPolicy(word);
    expect(decision).toMatchObject({
      decision: word,
      allowed: isAllowed,
      verdict: { kind, reasons: [{ text: decision.reason }] },
    });
    expect(decision.receipt?.payload).toMatchObject({ decision: written });
  });
});

describe("policies in a running skill", () => {
  const block = fileOf(
    [{ name: "block", condition: { operator: "starts_with", value: "" }, action: "deny", priority: 999 }],
    "block.yaml",
  );

  test("are replaced or joined as one, and the change stands in the chain", async () => {
    const chain = memoryChain();
    const skill = openTest({ record: chain.record });
    expect((await skill.checkPolicy("shell:git")).allowed).toBe(true);
    await skill.loadPolicies([block], "merge");
    expect(skill.policy().book.rules).toHaveLength(4);
    const { receipt, allowed: after } = await skill.checkPolicy("shell:git");
    expect(after).toBe(false);
    const payloads = chain.texts.map((text) => JSON.parse(text).payload);
    expect(payloads.map(({ reason, tool_name }) => [tool_name, reason])).toEqual([
      ["shell:git", "rule_allows"],
      ["policy:reload", "policy_changed"],
      ["shell:git", "rule_denies"],
    ]);
    expect(payloads[1].policy_digest).toBe(receipt?.payload["policy_digest"]);
    expect(chainVerified(chain.texts).outcome).toBe("valid");
    await skill.loadPolicies([block], "replace");
    expect(skill.policy().book.rules).toHaveLength(1);
  });

  test("with a problem leave the old ones in force, rules and digest together", async () => {
    const skill = openTest();
    const before = skill.policy();
    expect(
      await skill.loadPolicies([fileOf([{ name: "x" }], "a.yaml"), file("b.yaml", "rules: [")], "merge"),
    ).toMatchObject({ kind: "refused" });
    expect(skill.policy()).toBe(before);
    expect((await skill.checkPolicy("shell:git")).policy_digest).toBe(before.digest);
  });

  test("that cannot be recorded are not taken", async () => {
    let fails = false;
    const chain = memoryChain();
    const skill = openTest({
      record: (draft) => {
        if (fails) throw new Error("disk full");
        return chain.record(draft);
      },
    });
    fails = true;
    await expect(skill.loadPolicies([block], "replace")).rejects.toThrow("disk full");
    fails = false;
    expect((await skill.checkPolicy("shell:git")).allowed).toBe(true);
  });

  test("decide what is asked after them, also while they are being recorded", async () => {
    const chain = memoryChain();
    const skill = openTest({
      record: async (draft) => {
        await Promise.resolve();
        return chain.record(draft);
      },
    });
    const changed = skill.loadPolicies([block], "merge");
    const decision = await skill.checkPolicy("shell:git");
    await changed;
    expect([decision.allowed, decision.policy_digest]).toEqual([false, skill.policy().digest]);
  });

  test("none at all deny everything, with a warning and a digest that says so", async () => {
    const decision = await openTest({ policies: [] }).checkPolicy("x");
    expect(decision).toMatchObject({ allowed: false, policy_digest: null, policy_name: null });
    expect(decision.warnings).toContain("no rule was loaded: everything is denied");
    expect(decision.receipt?.payload["policy_digest"]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

function digestOf(engine: string): string {
  const digest = policyDigest(engine, [sample], nobleCrypto);
  return digest.kind === "digest" ? digest.digest : "";
}

function memorySigner() {
  return seedSigner(new Uint8Array(32).fill(7), nobleCrypto);
}
