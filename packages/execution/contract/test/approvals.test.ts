// Approvals: bound to contract, policy and time; given by a person the policy names; two different people where two are needed (F-05, F-06).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBase64, nobleCrypto } from "@ces/kernel";
import {
  canonicalCsc,
  type ApprovalArtifact,
  contractSha256,
  policySha256,
  seedKey,
  signApproval,
  verifyApproval,
} from "../src/index.ts";
import { answer, command, contract, judged, NOW, policy } from "./samples.ts";

const seedOf = (byte: number) => new Uint8Array(32).fill(byte);
const publicOf = (byte: number) => encodeBase64(nobleCrypto.ed25519PublicKey(seedOf(byte)));
const iso = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const approvers = [
  { identity: "ana", public_key: publicOf(1) },
  { identity: "bob", public_key: publicOf(2) },
  { identity: "ursula", public_key: publicOf(3) },
  { identity: "ana-again", public_key: publicOf(1) },
];
const what = contract([command(["git", "status"])], { approval_mode: "human_required" });
const rules = policy({ approvers });
const contract_sha256 = contractSha256(what, nobleCrypto);
const policy_sha256 = policySha256(rules, nobleCrypto);

function bare(identity = "ana", change: Partial<ApprovalArtifact> = {}): ApprovalArtifact {
  return {
    approval_version: "csc.approval.v0.1",
    approval_id: `ap-${identity}`,
    contract_sha256,
    approver: { identity, method: "cli" },
    approved_at: iso(-10),
    expires_at: iso(50),
    scope: "single_execution",
    policy_sha256,
    ...change,
  };
}

function signed(identity = "ana", byte = 1, change: Partial<ApprovalArtifact> = {}): ApprovalArtifact {
  return signApproval(
    bare(identity, change),
    seedKey(seedOf(byte), { key_id: `k${byte}`, signed_at: iso(-5), crypto: nobleCrypto }),
  );
}

const verdictOf = (approval: ApprovalArtifact, change: object = {}) => {
  const verdict = verifyApproval(approval, {
    contract_sha256,
    policy_sha256,
    now: NOW,
    crypto: nobleCrypto,
    approvers,
    initiating_user: "ursula",
    ...change,
  });
  return verdict.kind === "holds" ? "holds" : verdict.reason;
};

describe("one approval", () => {
  test("holds when it is signed by a named person for this contract under this policy", () => {
    expect(verdictOf(signed())).toBe("holds");
    expect(verdictOf(signed("bob", 2, { scope: "time_window" }))).toBe("holds");
  });

  test.each([
    ["another contract", signed(), { contract_sha256: "00".repeat(32) }, "mismatch"],
    ["upper case", signed("ana", 1, { contract_sha256: contract_sha256.toUpperCase() }), {}, "mismatch"],
    ["another policy", signed(), { policy_sha256: "00".repeat(32) }, "policy_mismatch"],
    ["now at its end", signed(), { now: NOW + 50 * 60_000 }, "expired"],
    ["later than its end", signed(), { now: NOW + 51 * 60_000 }, "expired"],
    ["an end before its beginning", signed("ana", 1, { expires_at: iso(-10) }), {}, "order"],
    ["the future", signed("ana", 1, { approved_at: iso(5) }), {}, "future"],
    ["no time zone", bare("ana", { approved_at: "2026-03-23T11:00:00" }), {}, "datetime"],
    ["a date alone", bare("ana", { expires_at: "2026-03-24" }), {}, "datetime"],
    ["no signature", bare(), {}, "unsigned"],
    ["a stranger", signed("eve", 9), {}, "unknown_approver"],
    ["someone else's key", signed("ana", 2), {}, "invalid_signature"],
    ["the person who asked", signed("ursula", 3), {}, "self_approval"],
    ["no approvers at all", signed(), { approvers: [] }, "unknown_approver"],
    ["used", signed(), { alreadyUsed: () => true }, "used"],
  ] as const)("does not hold: %s", (_, approval, change, reason) => expect(verdictOf(approval, change)).toBe(reason));

  test("a window is not used up", () => {
    expect(verdictOf(signed("ana", 1, { scope: "time_window" }), { alreadyUsed: () => true })).toBe("holds");
  });

  test("nothing in it can be changed after it was signed", () => {
    const approval = signed();
    const { signature } = approval;
    const changes: readonly Partial<ApprovalArtifact>[] = [
      { approval_id: "other" },
      { expires_at: iso(500) },
      { approved_at: iso(-11) },
      { scope: "time_window" },
      { approver: { identity: "ana", method: "api" } },
      { reason: "x" },
      { ticket_id: "x" },
      { signature: { ...signature!, key_id: "other" } },
      { signature: { ...signature!, signed_at: iso(-6) } },
    ];
    for (const change of changes) expect(verdictOf({ ...approval, ...change })).toBe("invalid_signature");
  });

  test("a receipt's signature, or one without the domain, is none", () => {
    const approval = bare();
    const key = seedKey(seedOf(1), { key_id: "k", signed_at: iso(-5), crypto: nobleCrypto });
    const block = { algorithm: "ed25519", key_id: "k", signed_at: iso(-5) } as const;
    const text = canonicalCsc({ ...approval, signature: block });
    const undomained = {
      ...approval,
      signature: { ...block, signature: encodeBase64(key.sign(new TextEncoder().encode(text))) },
    };
    expect(verdictOf(undomained)).toBe("invalid_signature");
  });

  test("is not signed unbound", () => {
    const { policy_sha256: _policy, ...unbound } = bare();
    const key = seedKey(seedOf(1), { key_id: "k", signed_at: iso(0), crypto: nobleCrypto });
    expect(() => signApproval(unbound, key)).toThrow(expect.objectContaining({ code: "CSC_APPROVAL_UNBOUND" }));
    expect(() => signApproval(bare(), { ...key, key_id: "" })).toThrow(
      expect.objectContaining({ code: "CSC_KEY_ID_EMPTY" }),
    );
    expect(() => signApproval(bare(), { ...key, signed_at: "today" })).toThrow(
      expect.objectContaining({ code: "CSC_APPROVAL_UNBOUND" }),
    );
  });

  test("never throws, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (time, value, identity) => {
        const approval = { ...signed(), approved_at: time, approver: { identity, method: "cli" as const } };
        verdictOf({ ...approval, signature: { ...approval.signature!, signature: value } });
        verdictOf({ ...signed(), signature: { ...approval.signature!, signature: value, signed_at: time } });
      }),
    );
  });
});

describe("the decision", () => {
  const decided = (approvals: readonly ApprovalArtifact[], change = {}) =>
    judged({ ...what, ...change }, rules, { approvals });

  test("is allowed with an approval, which is named and ends it", () => {
    const { decision, reason_codes, approvals_used, expires_at } = judged(what, rules, {
      approvals: [signed("ana", 1, { expires_at: iso(1) })],
    });
    expect({ decision, reason_codes, expires_at }).toEqual({
      decision: "allow",
      reason_codes: ["ALLOW", "APPROVED", "APPROVAL_REQUIRED"],
      expires_at: iso(1),
    });
    expect(approvals_used.map(({ approver }) => approver.identity)).toEqual(["ana"]);
  });

  test("stays a question with one that does not hold, and says why", () => {
    const { decision, reason_codes, reasons } = decided([bare()]);
    expect([decision, ...reason_codes]).toEqual(["needs_approval", "APPROVAL_REQUIRED", "APPROVAL_INVALID"]);
    expect(reasons.join()).toContain("not signed");
  });

  test("a denial is not answered by any approval (F-04)", () => {
    const two = contract(
      [command(["curl", "https://api.sandbox.stripe.com"]), command(["rm", "-rf", "/"], { id: "c2" })],
      { approval_mode: "human_required" },
    );
    const sha = contractSha256(two, nobleCrypto);
    const { decision, approvals_used } = judged(two, rules, {
      approvals: [signed("ana", 1, { contract_sha256: sha })],
    });
    expect([decision, approvals_used]).toEqual(["deny", []]);
  });

  test("two people are two ids, two identities and two keys", () => {
    const dual = { ...what, approval_mode: "dual_control_required" as const };
    const sha = { contract_sha256: contractSha256(dual, nobleCrypto) };
    const by = (identity: string, byte: number, change = {}) => signed(identity, byte, { ...sha, ...change });
    const answerOf = (...approvals: readonly ApprovalArtifact[]) => judged(dual, rules, { approvals }).decision;
    expect(answerOf(by("ana", 1), by("bob", 2))).toBe("allow");
    expect(answerOf(by("ana", 1))).toBe("needs_approval");
    expect(answerOf(by("ana", 1), by("ana", 1))).toBe("needs_approval");
    expect(answerOf(by("ana", 1), by("ana", 1, { approval_id: "second" }))).toBe("needs_approval");
    expect(answerOf(by("ana", 1), by("ana-again", 1))).toBe("needs_approval");
    expect(answerOf(by("ana", 1, { approval_id: "x" }), by("bob", 2, { approval_id: "x" }))).toBe("needs_approval");
    expect(answerOf(by("ana", 1), by("ursula", 3))).toBe("needs_approval");
    expect(answerOf(by("ana", 1), by("ana-again", 1), by("bob", 2))).toBe("allow");
  });

  test("without named people nothing is believed; the program's own people count only then", () => {
    const open = policy();
    const approval = signed("ana", 1, { policy_sha256: policySha256(open, nobleCrypto) });
    expect(judged(what, open, { approvals: [approval] }).decision).toBe("needs_approval");
    expect(judged(what, open, { approvals: [approval], approvers }).decision).toBe("allow");
    const closed = policy({ approvers: [] });
    const bound = signed("ana", 1, { policy_sha256: policySha256(closed, nobleCrypto) });
    expect(judged(what, closed, { approvals: [bound], approvers }).decision).toBe("needs_approval");
  });

  test("what needs no approval takes none", () => {
    expect(answer(command(["git"]), { approvers }, { approvals: [bare()] })).toEqual(["allow", "ALLOW"]);
  });
});
