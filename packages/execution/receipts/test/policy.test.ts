import { createHash } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { type JsonObject, utf8Encode } from "@ces/kernel";
import {
  compareState,
  policyDigest,
  publishPolicyBundle,
  readPolicyBundle,
  replayDecisions,
  structuredPolicy,
  verifyPolicyBundle,
  verifyPolicyDigest,
} from "@ces/receipts";
import { describe, expect, test } from "vitest";
import { codes, foreign } from "./receipt-makers.ts";

const file = (name: string, content: string) => ({ name, bytes: utf8Encode(content) });
const files = [file("b.yaml", "rules: []\n"), file("a.yaml", "x\n")];
const bundle = publishPolicyBundle(
  { engine: "ces-rules", files, generated_at: "2026-07-08T00:00:00.000Z" },
  nodeCrypto,
)!;
const plain = bundle as unknown as JsonObject;

describe("a policy digest", () => {
  test("is what anybody computes from the files", () => {
    const sha = (text: string) => createHash("sha256").update(text).digest("hex");
    const manifest = `{"construction":"acta-policy-digest-v1","engine":"ces-rules","files":[{"name":"a.yaml","sha256":"${sha("x\n")}"},{"name":"b.yaml","sha256":"${sha("rules: []\n")}"}]}`;
    expect(policyDigest("ces-rules", files, nodeCrypto)).toEqual({
      kind: "digest",
      digest: `sha256:${sha(manifest)}`,
      manifest,
    });
  });

  test("sorts by code points, not by UTF-16", () => {
    const made = policyDigest("e", [file("\u{10000}", ""), file("\uffff", "")], nodeCrypto);
    expect(made.kind === "digest" && made.manifest.indexOf("\uffff")).toBeLessThan(
      made.kind === "digest" ? made.manifest.indexOf("\u{10000}") : 0,
    );
  });

  test("a name comes before the names that it begins, whatever the order of the files", () => {
    const [short, long] = [file("a", "1"), file("a.yaml", "2")];
    const made = policyDigest("e", [long, short], nodeCrypto);
    expect(made).toEqual(policyDigest("e", [short, long], nodeCrypto));
    expect(made.kind === "digest" && made.manifest).toMatch(/"name":"a","sha256".*"name":"a\.yaml"/);
  });

  test("of nothing, and of two files of one name, is refused", () => {
    expect(policyDigest("e", [], nodeCrypto)).toMatchObject({ code: "empty_policy_set" });
    expect(policyDigest("e", [files[0]!, files[0]!], nodeCrypto)).toMatchObject({ code: "duplicate_policy_file" });
  });

  test("of a configuration is that of its canonical text", () => {
    expect(structuredPolicy({ b: 1, a: 2 })).toEqual(file("policy.json", '{"a":2,"b":1}'));
  });
});

describe("a published policy", () => {
  test("checks out, as a value and as a text", () => {
    expect(verifyPolicyBundle(plain, nodeCrypto)).toEqual({
      outcome: "valid",
      causes: [],
      digest: bundle.policy_digest,
    });
    expect(readPolicyBundle(JSON.stringify(plain), nodeCrypto).outcome).toBe("valid");
    expect(readPolicyBundle("{", nodeCrypto).outcome).toBe("undecidable");
  });

  test.each<readonly [string, JsonObject, readonly string[]]>([
    [
      "content",
      { ...plain, files: [{ ...bundle.files[0], content: "y" }, bundle.files[1]!] as never },
      ["file_hash_mismatch"],
    ],
    ["engine", { ...plain, engine: "cedar" }, ["digest_mismatch"]],
    ["digest", { ...plain, policy_digest: `sha256:${"0".repeat(64)}` }, ["digest_mismatch"]],
    ["a file less", { ...plain, files: [bundle.files[0]!] as never }, ["digest_mismatch"]],
    ["a file twice", { ...plain, files: [bundle.files[0]!, bundle.files[0]!] as never }, ["schema_invalid"]],
    ["a stranger's member", { ...plain, note: "" }, ["unexpected_member"]],
    [
      "construction left out",
      Object.fromEntries(Object.entries(plain).filter(([name]) => name !== "construction")),
      ["schema_invalid"],
    ],
  ])("changed in its %s it does not", (_, changed, expected) => {
    const report = verifyPolicyBundle(changed, nodeCrypto);
    expect({ outcome: report.outcome, causes: codes(report.causes), digest: report.digest }).toEqual({
      outcome: "invalid",
      causes: expected,
      digest: null,
    });
  });

  test.each([{ construction: "acta-policy-digest-v9" }, { schema: "acta.policy-bundle.v9" }])(
    "of another format or construction it cannot be checked: %j",
    (other) => {
      const report = verifyPolicyBundle({ ...plain, ...other }, nodeCrypto);
      expect({ outcome: report.outcome, causes: codes(report.causes) }).toEqual({
        outcome: "undecidable",
        causes: ["unknown_format"],
      });
    },
  );

  test("a receipt is under it, or under another", () => {
    expect(verifyPolicyDigest(foreign({ policy_digest: bundle.policy_digest }), plain, nodeCrypto).outcome).toBe(
      "valid",
    );
    expect(codes(verifyPolicyDigest(foreign(), plain, nodeCrypto).causes)).toEqual(["policy_digest_mismatch"]);
  });
});

describe("decisions asked again", () => {
  const payloads = [foreign({ policy_id: "r1" }), foreign({ decision: "deny" }), { type: "ces:execution" }];

  test("agree, disagree, or cannot be told", () => {
    expect(
      replayDecisions(payloads, ({ decision }) => ({ kind: "decided", decision: String(decision) })),
    ).toMatchObject({ outcome: "valid", agreed: 2 });
    const stricter = replayDecisions(payloads, () => ({ kind: "decided", decision: "deny" }));
    expect(stricter).toMatchObject({ outcome: "invalid", agreed: 1, disagreed: 1, unknown: 0 });
    expect(stricter.causes).toEqual([
      { code: "decision_disagrees", path: "/payload/decision", text: "the policy decides `deny`", index: 0 },
    ]);
    const rule = replayDecisions(payloads, (one) => ({
      kind: "decided",
      decision: String(one["decision"]),
      policy_id: "r2",
    }));
    expect(rule.causes.map(({ path }) => path)).toContain("/payload/policy_id");
    expect(replayDecisions(payloads, () => ({ kind: "unknown", text: "its arguments are a digest" })).outcome).toBe(
      "undecidable",
    );
  });

  test("a policy that fails proves nothing", () => {
    const report = replayDecisions(payloads, () => {
      throw new Error("boom");
    });
    expect(report).toMatchObject({ outcome: "undecidable", agreed: 0, unknown: 2 });
  });
});

test("a state that is not what was signed is a drift", () => {
  const state = { status: "active", scope: ["a"] };
  const signed = `sha256:${createHash("sha256").update('{"scope":["a"],"status":"active"}').digest("hex")}`;
  expect(compareState(signed, state, nodeCrypto)).toEqual({ kind: "unchanged" });
  expect(compareState(signed, { ...state, status: "revoked" }, nodeCrypto)).toMatchObject({
    kind: "drifted",
    at_signing: signed,
  });
});
