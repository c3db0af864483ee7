import { nobleCrypto, encodeBase64 } from "@ces/kernel";
import { fixedClock } from "@ces/kernel/testing";
import type { KeyRing, Signer } from "@ces/ports";
import type { Brief, Classification } from "@ces/records";
import { describe, expect, test } from "vitest";
import {
  classificationHash,
  defaultBudgets,
  type DraftFacts,
  draftManifest,
  manifestHash,
  minimumGate,
  raiseManifest,
  sealManifest,
  verifyManifest,
} from "../src/index.ts";

const seed = new Uint8Array(32).fill(7);
const publicKey = nobleCrypto.ed25519PublicKey(seed);
const signer: Signer = {
  key_id: "k1",
  public_key: publicKey,
  sign: (message) => ({ key_id: "k1", signature: encodeBase64(nobleCrypto.ed25519Sign(seed, message)) }),
};
const ring: KeyRing = { publicKey: (id) => (id === "k1" ? publicKey : undefined) };
const clock = fixedClock("2026-01-02T03:04:05.000Z");

const brief: Brief = {
  brief_id: "BB-1",
  request: "x",
  project_mode: "brownfield",
  constraints: [],
  acceptance_criteria: ["y"],
  must_not_break: [],
  source_of_truth: "",
  critical_flows: [],
  defaulted: [],
  created_at: clock.now(),
};
const classification: Classification = {
  schema: "ces.classification/v1",
  risk_tier: "B",
  behavior_confidence: "BC2",
  change_class: "Class 2",
  confidence: 0.5,
  action: "human_classify",
  matched_rule: null,
  top_matches: [],
  basis: "default_build",
  hazards: [],
  classifier_id: "ces:oracle",
  classified_at: clock.now(),
};
const facts: DraftFacts = {
  manifest_id: "M-000000000001",
  delivery_id: "D-000000000001",
  project_id: "p",
  brief,
  classification,
  base_commit: "a".repeat(40),
  base_tree: "b".repeat(40),
  target_ref: "refs/heads/main",
  scope: ["src/**"],
  forbidden: ["**/.env"],
  allowed_tools: ["edit"],
  network_hosts: [],
  budgets: defaultBudgets,
  runtime: "claude",
  models: ["m"],
  checks: [],
  toolchain: [],
  policy_hash: "c".repeat(64),
  owner: "me",
  max_retries: 3,
};
const draft = (over: Partial<DraftFacts> = {}) => draftManifest({ ...facts, ...over }, clock, nobleCrypto);
const verify = (stored: unknown, now = "2026-01-03T00:00:00.000Z") => verifyManifest(stored, ring, nobleCrypto, now);
const code = (stored: unknown, now?: string) => {
  const check = verify(stored, now);
  return check.kind === "refused" ? check.code : check.kind;
};

describe("the seal of a contract", () => {
  const sealed = sealManifest(draft(), signer, nobleCrypto);

  test("holds for what was sealed", () => expect(code(sealed)).toBe("verified"));

  // Tamper vectors: each changes one thing and names what is found.
  test.each([
    ["a widened scope", { ...sealed, manifest: { ...sealed.manifest, affected_files: ["**"] } }, "MANIFEST_HASH"],
    [
      "a later expiry",
      { ...sealed, manifest: { ...sealed.manifest, expires_at: "2027-01-01T00:00:00.000Z" } },
      "MANIFEST_HASH",
    ],
    [
      "a bigger budget",
      { ...sealed, manifest: { ...sealed.manifest, budgets: { ...defaultBudgets, tokens: 9e9 } } },
      "MANIFEST_HASH",
    ],
    ["a lowered tier, hashed again", rehashed({ risk_tier: "C" }), "MANIFEST_SIGNATURE"],
    ["an unknown key", { ...sealed, key_id: "k2" }, "MANIFEST_KEY_UNKNOWN"],
    ["a flipped signature byte", { ...sealed, signature: flipped(sealed.signature) }, "MANIFEST_SIGNATURE"],
    ["a signature that is no base64", { ...sealed, signature: "%%" }, "MANIFEST_SIGNATURE"],
    ["an unknown member", { ...sealed, manifest: { ...sealed.manifest, extra: 1 } }, "MANIFEST_MALFORMED"],
    ["nothing", null, "MANIFEST_MALFORMED"],
  ])("does not hold for %s", (_, stored, expected) => expect(code(stored)).toBe(expected));

  test("ends with the contract", () => expect(code(sealed, "2026-02-01T00:00:00.000Z")).toBe("MANIFEST_EXPIRED"));

  test("is refused where the implementer classified its own work", () => {
    const own = sealManifest(
      draft({ classification: { ...classification, classifier_id: "runtime:claude" } }),
      signer,
      nobleCrypto,
    );
    expect(code(own)).toBe("MANIFEST_SELF_CLASSIFIED");
  });

  function rehashed(change: object) {
    const manifest = { ...sealed.manifest, ...change } as typeof sealed.manifest; // a forger keeps the shape
    return { ...sealed, manifest, content_hash: manifestHash(manifest, nobleCrypto) };
  }
});

function flipped(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}

describe("drafting", () => {
  test("expiry by tier: A two days, B seven, C fourteen", () => {
    const days = (["A", "B", "C"] as const).map(
      (risk_tier) =>
        (Date.parse(draft({ classification: { ...classification, risk_tier } }).expires_at) - clock.epochMs()) /
        86_400_000,
    );
    expect(days).toEqual([2, 7, 14]);
  });

  test("A or BC3 asks for a human, B for hybrid, else agent", () => {
    const gates = [
      ["A", "BC1"],
      ["C", "BC3"],
      ["B", "BC2"],
      ["C", "BC2"],
    ] as const;
    expect(gates.map(([risk_tier, behavior_confidence]) => minimumGate({ risk_tier, behavior_confidence }))).toEqual([
      "human",
      "human",
      "hybrid",
      "agent",
    ]);
  });

  test("a glob that leaves the project is refused", () =>
    expect(() => draft({ scope: ["../**"] })).toThrow(expect.objectContaining({ code: "GLOB_INVALID" })));

  test("network and foreign tools are forbidden unless they were allowed by name", () => {
    expect(draft().forbidden_tools).toEqual(["net", "mcp"]);
    expect(draft({ allowed_tools: ["edit", "net"] }).forbidden_tools).toEqual(["mcp"]);
  });

  test("a raised version names the one before, never lives longer, and carries the new classification", () => {
    const sealed = sealManifest(draft(), signer, nobleCrypto);
    const raised = raiseManifest(sealed, { ...classification, risk_tier: "A" }, clock, nobleCrypto);
    expect(raised).toMatchObject({
      version: 2,
      supersedes: sealed.content_hash,
      risk_tier: "A",
      minimum_gate: "human",
      classification_hash: classificationHash({ ...classification, risk_tier: "A" }, nobleCrypto),
    });
    expect(raised.expires_at < sealed.manifest.expires_at).toBe(true);
    const lax = raiseManifest(sealed, { ...classification, risk_tier: "C" }, clock, nobleCrypto);
    expect(lax.expires_at).toBe(sealed.manifest.expires_at);
  });
});
