import { encodeBase64, nobleCrypto, utf8Encode } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import type { Approval, Halt } from "@ces/records";
import { describe, expect, test } from "vitest";
import {
  type ApprovedFacts,
  consentMessage,
  mergeChecks,
  type MergeFacts,
  movedParts,
  sealApproval,
  verifyApproval,
} from "../src/index.ts";

const seed = new Uint8Array(32).fill(9);
const publicKey = nobleCrypto.ed25519PublicKey(seed);
const signer: Signer = {
  key_id: "k",
  public_key: publicKey,
  sign: (message) => ({ key_id: "k", signature: encodeBase64(nobleCrypto.ed25519Sign(seed, message)) }),
};
const keys: KeyRing = { publicKey: (id) => (id === "k" ? publicKey : undefined) };
const now = "2026-01-01T12:00:00.000Z";
const hash = (digit: string) => digit.repeat(64);

const facts: ApprovedFacts = {
  delivery_id: "D-000000000001",
  manifest_hash: hash("1"),
  policy_hash: hash("2"),
  base_commit: "3".repeat(40),
  candidate_tree: "4".repeat(40),
  evidence_id: "EP-000000000001",
  evidence_hash: hash("5"),
  checks_hash: hash("6"),
  reviews_hash: hash("7"),
  target_ref: "refs/heads/main",
};
const approval: Approval = {
  schema: "ces.approval/v1",
  approval_id: "AP-000000000001",
  ...facts,
  decision: "approve",
  gate_required: "hybrid",
  gate_supplied: "hybrid",
  actor: { id: "tester", kind: "human", proof: "key" },
  proof: null,
  reason: "",
  decided_at: "2026-01-01T00:00:00.000Z",
  expires_at: "2026-01-02T00:00:00.000Z",
};
const personSeed = new Uint8Array(32).fill(3);
const personKey = encodeBase64(nobleCrypto.ed25519PublicKey(personSeed));
const proved = (one: Approval): Approval => {
  const message = consentMessage(one);
  return {
    ...one,
    proof: { message, key_id: "p", signature: encodeBase64(nobleCrypto.ed25519Sign(personSeed, utf8Encode(message))) },
  };
};
const sealed = sealApproval(proved(approval), signer, nobleCrypto);
const code = (stored: unknown, over: Partial<ApprovedFacts> = {}, at = now) => {
  const check = verifyApproval(
    stored,
    { ...facts, ...over },
    { keys, crypto: nobleCrypto, now: at, identity: (name) => (name === "tester" ? personKey : undefined) },
  );
  return check.kind === "refused" ? check.code : check.kind;
};

describe("an approval binds exactly what was looked at (S22)", () => {
  test("holds while nothing moves", () => expect(code(sealed)).toBe("verified"));

  test.each(Object.keys(facts))("is void when %s moves", (name) => {
    const moved = { [name]: `${facts[name as keyof ApprovedFacts]}x` }; // a name of the facts
    expect(code(sealed, moved)).toBe("STALE_APPROVAL");
    expect(movedParts(approval, { ...facts, ...moved })).toEqual([name]);
  });

  test.each([
    [
      "changed after it was signed",
      { ...sealed, approval: { ...approval, gate_supplied: "human" } },
      "APPROVAL_SIGNATURE",
    ],
    ["signed by nobody we know", { ...sealed, key_id: "other" }, "APPROVAL_SIGNATURE"],
    [
      "a rejection",
      sealApproval(proved({ ...approval, decision: "reject" }), signer, nobleCrypto),
      "APPROVAL_NEGATIVE",
    ],
    ["said to be by a key that signed nothing", sealApproval(approval, signer, nobleCrypto), "APPROVAL_PROOF"],
    [
      "proved for the other decision",
      sealApproval({ ...proved({ ...approval, decision: "reject" }), decision: "approve" }, signer, nobleCrypto),
      "APPROVAL_PROOF",
    ],
    [
      "proved for other evidence",
      sealApproval(
        { ...proved({ ...approval, evidence_hash: hash("9") }), evidence_hash: hash("5") },
        signer,
        nobleCrypto,
      ),
      "APPROVAL_PROOF",
    ],
    [
      "by a name that nobody has",
      sealApproval({ ...proved(approval), actor: { ...approval.actor, id: "nobody" } }, signer, nobleCrypto),
      "APPROVAL_PROOF",
    ],
    [
      "carrying a proof that its actor does not claim",
      sealApproval({ ...proved(approval), actor: { ...approval.actor, proof: "none" } }, signer, nobleCrypto),
      "APPROVAL_PROOF",
    ],
    ["no approval at all", undefined, "APPROVAL_MALFORMED"],
  ])("is refused when %s", (_, stored, expected) => expect(code(stored)).toBe(expected));

  test("ends", () => expect(code(sealed, {}, "2026-01-03T00:00:00.000Z")).toBe("APPROVAL_EXPIRED"));
});

describe("the five merge checks (spec/ces §5.5)", () => {
  const halt: Halt = {
    halt_id: "H-1",
    classes: ["merges"],
    kind: "emergency",
    reason: "incident",
    declared_by: approval.actor,
    declared_at: now,
  };
  const good: MergeFacts = {
    halt: undefined,
    evidence: { verified: true, detail: "" },
    manifest_expires_at: "2026-01-02T00:00:00.000Z",
    now,
    approval: { kind: "verified", approval },
    gates_required: ["hybrid"],
    review: { complete: true, detail: "" },
  };

  test("all pass, in their order", () => {
    const decision = mergeChecks(good);
    expect([decision.allowed, decision.refused, decision.checks.map(({ name }) => name)]).toEqual([
      true,
      [],
      ["kill_switch_clear", "evidence_exists", "manifest_fresh", "gate_type_met", "review_complete"],
    ]);
  });

  test.each([
    ["a halt", { halt }, "HALTED"],
    ["evidence that does not verify", { evidence: { verified: false, detail: "" } }, "EVIDENCE_INVALID"],
    ["an expired contract", { manifest_expires_at: "2025-01-01T00:00:00.000Z" }, "MANIFEST_EXPIRED"],
    ["a stricter gate than was supplied", { gates_required: ["hybrid", "human"] }, "GATE_NOT_MET"],
    ["no gate at all, which asks for a human", { gates_required: [] }, "GATE_NOT_MET"],
    ["a stale approval", { approval: { kind: "refused", code: "STALE_APPROVAL", text: "" } }, "STALE_APPROVAL"],
    ["an unfinished review", { review: { complete: false, detail: "" } }, "REVIEW_INCOMPLETE"],
  ] as const)("%s stops it, and only its own check fails", (_, over, expected) => {
    const decision = mergeChecks({ ...good, ...over });
    expect([decision.allowed, decision.refused, decision.checks.filter(({ passed }) => !passed)]).toEqual([
      false,
      [expected],
      [expect.anything()],
    ]);
  });
});
