import { nodeCrypto } from "@ces/crypto-node";
import type { ToolVerdict } from "@ces/records";
import { utf8Encode } from "@ces/kernel";
import { actionRef, draftOfDecisionRow, EMPTY_CHAIN, saltedDigest } from "@ces/receipts";
import { expect, test } from "vitest";
import { decision, next } from "./receipt-makers.ts";

const salt = new Uint8Array(16).fill(9);

test("salted digests differ by salt, by bytes, and by where one ends", () => {
  const digest = (s: Uint8Array, text: string) => saltedDigest(nodeCrypto, s, utf8Encode(text));
  const all = [
    digest(salt, "ls"),
    digest(salt, "ls "),
    digest(salt.with(0, 1), "ls"),
    digest(new Uint8Array(17).fill(9), "ls"),
  ];
  expect(new Set(all).size).toBe(4);
  expect(digest(new Uint8Array(15), "ls")).toBeUndefined();
});

test("an action has one name for everybody who writes about it", () => {
  const named = { agent_id: "a", action_type: "t", scope_required: ["y", "x"], timestamp: "2026-01-01T00:00:00Z" };
  expect(actionRef(nodeCrypto, named)).toMatch(/^[0-9a-f]{64}$/);
  expect(actionRef(nodeCrypto, { ...named, scope_required: ["x", "y"] })).toBe(actionRef(nodeCrypto, named));
});

const row: ToolVerdict = {
  schema: "ces.decision/v1",
  run_id: "R-0123456789ab",
  seq: 3,
  prev: null,
  call: {
    call_id: "c",
    kind: "command",
    tool: "Ba sh\n",
    command: "curl -H 'token: hunter2'",
    paths: ["/workspace/x"],
    input_sha256: "0".repeat(64),
    agent_id: "sub agent",
  },
  decision: "deny",
  verdict: "ask",
  reasons: [{ code: "GATE_UNANSWERED", text: "hunter2" }],
  answered_by: null,
  observed_by: "client",
  policy_hash: "b".repeat(64),
  at: "2026-07-15T12:00:00.000Z",
};
const { sandbox_backend, sandbox_state, sandbox_observed } = decision;
const sandbox = { sandbox_backend, sandbox_state, sandbox_observed };
const ground = { policy_id: "built-in", policy_engine: "ces-gate", sandbox, row_digest: `sha256:${"d".repeat(64)}` };

test("a decision row becomes a receipt without its command", () => {
  const draft = draftOfDecisionRow(row, ground);
  const { payload } = next(draft, EMPTY_CHAIN).receipt;
  expect(payload).toMatchObject({
    tool_name: "command:Ba_sh_",
    decision: "deny",
    reason: "GATE_UNANSWERED",
    agent_id: "sub_agent",
    observed_by: "client",
    row_digest: ground.row_digest,
  });
  expect(JSON.stringify(payload)).not.toMatch(/hunter2|workspace/);
});

test.each<readonly [string, Pick<ToolVerdict, "verdict" | "decision">, readonly string[], string]>([
  ["a refusal: the first of several", { verdict: "deny", decision: "deny" }, ["FIRST", "SECOND"], "FIRST"],
  ["a grant: the narrowest", { verdict: "allow", decision: "allow" }, ["NOT_HALTED", "KNOWN_SAFE"], "KNOWN_SAFE"],
  [
    "a grant that was taken back",
    { verdict: "allow", decision: "deny" },
    ["NOT_HALTED", "TREE_NOT_KEPT"],
    "TREE_NOT_KEPT",
  ],
  ["a question nobody answered", { verdict: "ask", decision: "deny" }, ["RISKY", "GATE_UNANSWERED"], "GATE_UNANSWERED"],
])("the reason of %s", (_, said, codes, reason) => {
  const reasons = codes.map((code) => ({ code, text: "" }));
  expect(draftOfDecisionRow({ ...row, ...said, reasons }, ground).reason).toBe(reason);
});

test("a secret that a client hides in a name is not signed in clear", () => {
  const secret = `ghp_${"a1B2c3D4e5".repeat(3)}f6G7h8`;
  const call = { ...row.call, kind: "mcp" as const, tool: `fetch ${secret}`, agent_id: `a/${secret}` };
  const text = JSON.stringify(draftOfDecisionRow({ ...row, call }, ground));
  expect(text).not.toContain(secret.slice(0, 12));
  expect(text).toContain("redacted");
});
