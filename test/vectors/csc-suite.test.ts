// The suite csc over folders that are laid out otherwise: nothing ends the run, and nothing that nobody reads passes.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runSuite } from "./run-suite.ts";
import { suite } from "./suites/csc.ts";

async function judged(files: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, string>>> {
  const dir = mkdtempSync(join(tmpdir(), "ces-csc-suite-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  const runs = await runSuite(suite, dir);
  return Object.fromEntries(runs.map(({ id, result }) => [id, result.kind === "pass" ? "pass" : result.why]));
}

const normal = { op: "normalize", path: "/a//b", reference: { normal: "/a/b", flavour: "posix" } };
const blocked = { argv: ["bash"], reference_allowed: false };
const hours = {
  approval_version: "csc.approval.v0.1",
  approval_id: "a",
  contract_sha256: "a".repeat(64),
  approver: { identity: "x", method: "cli" },
  approved_at: "2026-03-23T11:00:00Z",
  expires_at: "2026-03-23T12:00:00.000002Z",
  scope: "time_window",
};
const approval = { approval: hours, contract_sha256: "a".repeat(64), now: "2026-03-23T12:00:00.000001+00:00" };
const holds = { ...approval, reference: { ok: true } };

test("the order of members, commentary, absent notes and zones say nothing", async () => {
  const rows = [
    { id: "order", ...normal },
    { id: "notes", ...normal, note: "n", why: "w", spec_refs: [], parity: "match" },
  ];
  expect(await judged({ "derived/paths.json": rows })).toEqual({ order: "pass", notes: "pass" });
  const moments = [
    { id: "millionths", ...holds },
    { id: "no zone", ...holds, now: "2026-03-23T12:00:00.000001" },
    { id: "late", ...approval, now: "2026-03-23T12:00:00.000002Z", reference: { ok: false, reason: "expired" } },
    { id: "no time", ...holds, now: "noon" },
  ];
  expect(await judged({ "approval.json": moments })).toEqual({
    millionths: "pass",
    "no zone": "pass",
    late: "pass",
    "no time": "threw `noon` is no moment",
  });
});

test("a kind is known by its shape where the name of the file says nothing", async () => {
  const all = [
    { id: "p", ...normal },
    { id: "b", ...blocked },
    { id: "a", ...holds },
    { id: "s", input: { commands: [] }, valid: false },
  ];
  expect(await judged({ "acceptance.json": all })).toEqual({ p: "pass", b: "pass", a: "pass", s: "pass" });
  expect(await judged({ "more.json": { origin: "x", cases: [{ id: "p", ...normal }] } })).toEqual({ p: "pass" });
  expect(await judged({ "one.json": { id: "p", ...normal } })).toEqual({ p: "pass" });
});

test("what nobody reads is a failed case, and the rest is judged", async () => {
  const files = {
    "derived/paths.json": [{ id: "good", ...normal }, { id: "more", ...normal, surprise: 1 }, 5, { op: "normalize" }],
    "derived/unheard.json": [{ id: "odd", question: 42 }],
    "derived/broken.json": "[",
    "derived/empty.json": {},
    "derived/again.json": [{ id: "good", ...blocked, reference_allowed: true }],
    "examples/not-a-case.json": "{",
  };
  expect(await judged(files)).toEqual({
    good: expect.stringContaining("reference_allowed"),
    "good (derived/paths.json, 2)": "pass",
    more: expect.stringContaining("unknown key `surprise`"),
    "derived/paths.json#2": "is no object",
    "derived/paths.json#3": "has no id",
    odd: expect.stringContaining("no kind of row"),
    "derived/broken.json": expect.stringContaining("is not JSON"),
    "derived/empty.json": "holds no list of rows",
  });
});

test("a row that says the reference is wrong needs no suggestion, and the reference's own answer does not do", async () => {
  const contract = {
    version: "csc.v0.1",
    contract_id: "suite-case-1",
    intent: "i",
    actor: { agent_id: "a", session_id: "s", initiating_user: "u", delegation_scope: "d" },
    commands: [
      {
        id: "c1",
        exec: { argv: ["git", "status"] },
        cwd: "/w",
        read_paths: [],
        write_paths: [],
        network: "deny",
        env_allow: ["AWS_SECRET_ACCESS_KEY"],
        secret_refs: [],
        timeout_sec: 10,
        proposed_effect_type: "observe",
      },
    ],
    risk_class: "low",
    approval_mode: "policy_only",
    justification: "j",
  };
  const policy = {
    policy_schema_version: "csc.policy.v0.1",
    name: "p",
    allow_commands: ["git"],
    allowed_effect_types: ["observe"],
    allowed_risk_classes: ["low"],
    max_timeout_sec: 30,
    network: "deny",
    allow_secret_refs: false,
    allowed_cwd_prefixes: ["/w"],
    allowed_read_prefixes: ["/w"],
  };
  const row = { contract_schema_valid: true, parity: "tighten", contract, policy };
  const rows = [
    { id: "stricter", ...row, reference: { decision: "allow" } },
    { id: "as strict", ...row, reference: { decision: "deny" } },
    {
      id: "suggested",
      ...row,
      reference: { decision: "allow" },
      suggested: { decision: "deny", reason_code: "ENV_NOT_ALLOWED (new)" },
    },
    {
      id: "other code",
      ...row,
      reference: { decision: "allow" },
      suggested: { decision: "deny", reason_code: "CWD_NOT_ALLOWED" },
    },
  ];
  expect(await judged({ "decisions-extra.json": rows })).toEqual({
    stricter: "pass",
    "as strict": "as wrong as the reference",
    suggested: "pass",
    "other code": expect.stringContaining("`CWD_NOT_ALLOWED` is not among"),
  });
});
