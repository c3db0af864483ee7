// The packet: blockers, decision view and honesty fields from facts, and the seal on all of it.
import { nobleCrypto, utf8Encode, encodeBase64 } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import { EvidencePacket, type Observation } from "@ces/records";
import { describe, expect, test } from "vitest";
import { assembleEvidence, sealEvidence, verifyEvidence, weightOf, type EvidenceFacts } from "../src/index.ts";
import { checkRun, claim, deltaFile, execution, facts } from "./facts.ts";

const assemble = (more: Partial<EvidenceFacts> = {}) => EvidencePacket.parse(assembleEvidence({ ...facts, ...more }));
const codes = (more: Partial<EvidenceFacts>) => assemble(more).blockers.map(({ code }) => code);
const withDelta = (delta: Partial<EvidenceFacts["candidate"]["delta"]>): Partial<EvidenceFacts> => ({
  candidate: { ...facts.candidate, delta: { ...facts.candidate.delta, ...delta } },
});
const found = (category: string, severity: "high" | "low" = "high"): Observation[] => [
  {
    sensor: "s",
    outcome: severity === "high" ? "failed" : "passed",
    detail: "",
    findings: [
      {
        finding_id: "1",
        source: "s",
        severity,
        category,
        path: "a",
        line: 1,
        title: "t",
        description: "",
        recommendation: "",
      },
    ],
  },
];

test("a clean delivery has no blocker, and its view is computed", () => {
  const packet = assemble();
  expect(packet.blockers).toEqual([]);
  expect(packet.claim_verdict).toBe("confirmed");
  expect(packet.decision_view).toEqual({
    change_summary: "1 files (1 modified), 2 lines added, 1 removed",
    affected_artifacts: ["src/users.js"],
    risk_tier: "B",
    behavior_confidence: "BC2",
    change_class: "Class 2",
    test_outcomes: { passed: 5, failed: 0, skipped: 0 },
    assumptions: ["nobody answered `constraints`; its default was taken"],
    unresolved_risks: [],
    rollback_readiness: "ready",
    economic_impact: { tokens: 15, requests: 3, cost_microusd: 7, wall_ms: 1234 },
    arguments_for: [
      "`npm-test` passed on the exact tree, also with the tests of the base",
      "what the agent claims agrees with what was measured",
      "none of 1 sensors found anything",
    ],
    arguments_against: [],
  });
  expect(packet.honesty).toEqual({
    retries_used: 0,
    interrupted_attempts: 0,
    skipped_checks: [],
    touched_checks: [],
    denied_calls: 1,
    limits_not_bound: ["inodes"],
    limits_held_by_gate_only: ["tools"],
    client_reports: "as asked by the client; not observed",
    omitted: [],
  });
  expect(packet.held_by).toEqual({ network: "kernel", tools: "gate", inodes: "none" });
});

describe("blockers", () => {
  test.each([
    ["RUN_NOT_COMPLETED", { run: { ...facts.run, outcome: "budget_spent" } }],
    ["NOTHING_CHANGED", { ...withDelta({ in_scope: [] }), claim: null }],
    ["SCOPE_VIOLATION", { ...withDelta({ out_of_scope: [deltaFile("etc/x")] }), claim: null }],
    ["SCOPE_VIOLATION", { observations: found("SCOPE_VIOLATION") }],
    ["ODD_FILE", withDelta({ blockers: [{ code: "ODD_FILE", text: "a FIFO" }] })],
    ["CHECK_FAILED", { checks: [checkRun("failed")], claim: null }],
    ["CHECK_NOT_RUN", { checks: [checkRun("not_run")], claim: null }],
    ["CHECK_NOT_RUN", { checks: [], claim: null }],
    ["CHECK_TOUCHED", { checks: [checkRun("touched")] }],
    ["CLAIM_CONTRADICTED", { claim: { ...claim, files_changed: ["ghost"] } }],
    ["SECRET_FOUND", { observations: found("SECRET_FOUND") }],
    ["SENSITIVE_NAME", { observations: found("SENSITIVE_NAME") }],
    ["DEPENDENCY_CHANGE", { observations: found("DEPENDENCY_CHANGE") }],
    ["SENSOR_ERRORED", { observations: [{ sensor: "s", outcome: "errored", detail: "", findings: [] }] }],
    ["SENSOR_ERRORED", { observations: [{ sensor: "s", outcome: "skipped", detail: "", findings: [] }] }],
  ] as const)("%s", (code, more) => expect(codes(more as Partial<EvidenceFacts>)).toEqual([code]));

  test("no sealed check at all is NO_CHECKS", () => {
    const manifest = { ...facts.manifest, manifest: { ...facts.manifest.manifest, checks: [] } };
    expect(codes({ manifest, checks: [] })).toEqual(["NO_CHECKS"]);
  });
  test("a low hint of a secret is no blocker", () =>
    expect(codes({ observations: found("SECRET_FOUND", "low") })).toEqual([]));
  test("only touched and missing checks may be passed by a person; unknown codes stop", () => {
    const weight = (code: string) => weightOf({ code, text: "" });
    expect(["CHECK_TOUCHED", "NO_CHECKS"].map(weight)).toEqual(["asks_person", "asks_person"]);
    expect(["CHECK_FAILED", "ODD_FILE", "SECRET_FOUND", "constructor"].map(weight)).toEqual([
      "stops",
      "stops",
      "stops",
      "stops",
    ]);
  });
});

test("a lie about a broken test: failed, contradicted, and both are said", () => {
  const packet = assemble({ checks: [checkRun("failed")] });
  expect(packet.blockers.map(({ code }) => code)).toEqual(["CHECK_FAILED", "CLAIM_CONTRADICTED"]);
  expect(packet.decision_view.arguments_against[0]).toBe("CHECK_FAILED: the check `npm-test` failed");
});

test("secrets in the agent’s words and in outputs are redacted", () => {
  const key = `ghp_${"a1B2".repeat(9)}`;
  const packet = assemble({
    claim: { ...claim, summary: `used ${key}`, open_questions: [`is ${key} yours?`] },
    checks: [
      checkRun("passed", {
        executions: [execution("as_is", { output_tail: `x ${key}` }), execution("base_laid_over")],
      }),
    ],
  });
  expect(JSON.stringify(packet)).not.toContain("a1B2a1B2");
  expect(packet.claim?.summary).toBe("used [redacted:github-token]");
});

describe("rollback", () => {
  const hazard = (rule: string) => ({
    reclassification: {
      ...facts.reclassification,
      hazards: [
        { kind: "path" as const, detail: "d", rule, risk_tier: "A" as const, behavior_confidence: "BC2" as const },
      ],
    },
  });
  test.each([
    ["path_stored_data", "conditional"],
    ["content_destroys_data", "not_ready"],
    ["word_identity", "ready"],
  ])("%s: %s", (rule, expected) => expect(assemble(hazard(rule)).decision_view.rollback_readiness).toBe(expected));
});

describe("the seal", () => {
  const seed = new Uint8Array(32).fill(7);
  const public_key = nobleCrypto.ed25519PublicKey(seed);
  const signer: Signer = {
    key_id: "k1",
    public_key,
    sign: (message) => ({ key_id: "k1", signature: encodeBase64(nobleCrypto.ed25519Sign(seed, message)) }),
  };
  const keys: KeyRing = { publicKey: (id) => (id === "k1" ? public_key : undefined) };
  const sealed = sealEvidence(assemble(), signer, nobleCrypto);

  test("holds", () => {
    expect(verifyEvidence(sealed, keys, nobleCrypto)).toEqual({ kind: "valid", packet: sealed.packet, key_id: "k1" });
    expect(verifyEvidence(JSON.parse(JSON.stringify(sealed)), keys, nobleCrypto).kind).toBe("valid");
  });
  test("the same facts seal to the same bytes", () =>
    expect(sealEvidence(assemble(), signer, nobleCrypto)).toEqual(sealed));
  test.each([
    [
      "a changed packet",
      { ...sealed, packet: { ...sealed.packet, blockers: [{ code: "X", text: "y" }] } },
      "content_changed",
    ],
    ["a packet with less in it", { ...sealed, packet: { ...sealed.packet, checks: [] } }, "content_changed"],
    ["another key id", { ...sealed, key_id: "k2" }, "unknown_key"],
    [
      "another signature",
      { ...sealed, signature: encodeBase64(nobleCrypto.ed25519Sign(seed, utf8Encode(sealed.content_hash))) },
      "bad_signature",
    ],
    ["no base64", { ...sealed, signature: "?" }, "bad_signature"],
    ["one member too many", { ...sealed, packet: { ...sealed.packet, extra: 1 } }, "not_evidence"],
    ["something else", "sealed", "not_evidence"],
  ])("does not hold for %s", (_name, value, why) =>
    expect(verifyEvidence(value, keys, nobleCrypto)).toEqual({ kind: "invalid", why }),
  );
});
