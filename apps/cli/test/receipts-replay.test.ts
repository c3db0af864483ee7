// `ces receipts replay`: the published policy is asked again, and says what it would decide; where nobody can tell, so does it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { canonicalize, utf8Encode } from "@ces/kernel";
import {
  commitFields,
  DECISION_TYPE,
  type DecisionDraft,
  EMPTY_CHAIN,
  publishPolicyBundle,
  saltedDigest,
  seedSigner,
  signReceipt,
} from "@ces/receipts";
import { describe, expect, test } from "vitest";
import { ces, type Ran, rows, scene, type Scene } from "./run-ces.ts";

const RULES = `apiVersion: governance.toolkit/v1
rules:
  - name: read
    condition: { field: "action:file:read", operator: path_under, value: /workspace }
    action: allow
  - name: ask
    condition: { operator: command_is, value: deploy }
    action: require_approval
  - name: slow
    condition: { operator: equals, value: "shell:poll" }
    action: rate_limit
`;
const WITH_CONTEXT = `${RULES}  - name: main
    condition: { field: branch, operator: equals, value: main }
    action: deny
    priority: 9
`;
const CEDAR = `permit(principal, action == Agent::Action::"open", resource) when { resource.path like "/workspace/*" };`;

const signer = seedSigner(randomBytes(32), nodeCrypto);
const salt = randomBytes(32);

/** A policy as a folder and as a bundle, and receipts that were decided under it. */
type Place = Scene & { readonly digest: string };

function place(policy: Readonly<Record<string, string>> = { "rules.yaml": RULES }): Place {
  const bare = scene({ git: false });
  const folder = join(bare.project, "policy");
  mkdirSync(folder);
  const files = Object.entries(policy).map(([name, text]) => ({ name, bytes: utf8Encode(text) }));
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  const engine = policy["a.cedar"] === undefined ? "governance.toolkit/v1" : "governance.toolkit/v1+cedar";
  const bundle = publishPolicyBundle({ engine, files, generated_at: "2026-11-27T00:00:00Z" }, nodeCrypto);
  if (bundle === undefined) throw new Error("no bundle");
  writeFileSync(join(bare.project, "policy.json"), JSON.stringify(bundle));
  writeFileSync(join(bare.project, "key.hex"), Buffer.from(signer.public_key).toString("hex"));
  return { ...bare, digest: bundle.policy_digest };
}

const decision = (at: Place, more: Partial<DecisionDraft>): DecisionDraft => ({
  type: DECISION_TYPE,
  tool_name: "file:read",
  decision: "allow",
  reason: "rule_allows",
  agent_id: "did:mesh:a",
  observed_by: "caller",
  policy_id: "read",
  policy_engine: "governance.toolkit/v1",
  policy_digest: at.digest,
  trust_score: 1000,
  target: "/workspace/a",
  sandbox_backend: "none",
  sandbox_state: "disabled",
  sandbox_observed: [],
  ...more,
});
/** A draft in which no member is undefined: the engine signs JSON. */
const plainDraft = (at: Place, more: Partial<DecisionDraft>): DecisionDraft =>
  JSON.parse(JSON.stringify(decision(at, more)));

function chain(at: Place, ...drafts: readonly Partial<DecisionDraft>[]): readonly string[] {
  let head = EMPTY_CHAIN;
  const texts = drafts.map((more) => {
    const made = signReceipt(plainDraft(at, more), {
      signer,
      head,
      issued_at: "2026-11-27T12:00:00Z",
      crypto: nodeCrypto,
    });
    if (made.kind === "refused") throw new Error(JSON.stringify(made.causes));
    head = made.head;
    return made.text;
  });
  writeFileSync(join(at.project, "chain.jsonl"), `${texts.join("\n")}\n`);
  return texts;
}

const replay = (at: Place, ...words: readonly string[]): Promise<Ran> =>
  ces(at, ["receipts", "replay", "chain.jsonl", "--keys", "key.hex", ...(words.length > 0 ? words : FOLDER), "--json"]);
const FOLDER = ["--policy-dir", "policy"];
const states = (ran: Ran) => rows(ran, "replays").map(({ state }) => state);
const whys = (ran: Ran) => rows(ran, "replays").map(({ why }) => why);
const hidden = (action: string) => ({
  target: undefined as never,
  target_digest: saltedDigest(nodeCrypto, salt, utf8Encode(action)) ?? "",
});
const show = (at: Place, name: string, value: unknown): void =>
  writeFileSync(join(at.project, name), JSON.stringify(value));
const saltHex = Buffer.from(salt).toString("hex");

describe("ces receipts replay", () => {
  test.each([
    ["a folder", FOLDER],
    ["a published bundle", ["--policy", "policy.json"]],
  ])("agreement, decision by decision, against %s", async (_, how) => {
    const at = place();
    chain(
      at,
      {},
      { decision: "deny", policy_id: "default_deny", reason: "rule_none", target: "/etc/passwd" },
      { tool_name: "shell:deploy", decision: "require_approval", policy_id: "ask", target: "shell:deploy now" },
      { tool_name: "shell:poll", decision: "deny", reason: "rule_limits", policy_id: "slow", target: "shell:poll" },
    );
    const ran = await replay(at, ...how);
    expect([ran.code, states(ran)]).toEqual([0, ["agrees", "agrees", "agrees", "agrees"]]);
    expect(ran.json().data).toMatchObject({ outcome: "valid", agreed: 4, disagreed: 0, unknown: 0, passed_over: 0 });
  });

  test("a decision that the policy would not give is found, and by another rule too", async () => {
    const at = place();
    chain(at, {}, { target: "/workspace/../etc/shadow" }, { policy_id: "ask" });
    const ran = await replay(at);
    expect([ran.code, states(ran)]).toEqual([4, ["agrees", "disagrees", "disagrees"]]);
    expect(rows(ran, "causes")).toEqual([
      { code: "decision_disagrees", path: "/payload/decision", text: "the policy decides `deny`", index: 1 },
      { code: "decision_disagrees", path: "/payload/policy_id", text: "another rule of the policy decides", index: 2 },
    ]);
  });

  test("an action that stands there as a digest is replayed once it is shown, and no other one is taken for it", async () => {
    const at = place();
    chain(at, hidden("file:read:/workspace/a"));
    const blind = await replay(at);
    expect([blind.code, states(blind)]).toEqual([6, ["cannot_be_replayed"]]);
    expect(whys(blind)[0]).toContain("only as a digest");
    show(at, "other.json", [{ action: "file:read:/workspace/b", target_salt: saltHex }, { action: 1 }, null, "x"]);
    expect((await replay(at, ...FOLDER, "--actions", "other.json")).code).toBe(6);
    // As `check-policy --json` prints it.
    show(at, "shown.json", { schema: "x", ok: true, data: { action: "file:read:/workspace/a", target_salt: saltHex } });
    const shown = await replay(at, ...FOLDER, "--actions", "shown.json");
    expect([shown.code, states(shown)]).toEqual([0, ["agrees"]]);
  });

  test("a hidden action that was allowed against the policy comes out when it is shown", async () => {
    const at = place();
    chain(at, hidden("file:read:/etc/shadow"));
    show(at, "shown.json", { action: "file:read:/etc/shadow", target_salt: saltHex });
    expect((await replay(at, ...FOLDER, "--actions", "shown.json")).code).toBe(4);
  });

  test("what the policy asks of the context is believed as a committed field, and never as a word beside", async () => {
    const at = place({ "rules.yaml": WITH_CONTEXT });
    const fields = [
      { name: "action", value: "file:read:/workspace/a" },
      { name: "context", value: { branch: "main" } },
    ];
    const made = commitFields(fields, { random: randomBytes, crypto: nodeCrypto });
    if (made.kind === "refused") throw new Error(made.text);
    const committed = { target: undefined as never, committed_fields_root: made.root };
    chain(at, committed, { ...committed, decision: "deny", policy_id: "main" });
    show(at, "fields.json", made.disclosures);
    const ran = await replay(at, ...FOLDER, "--disclosures", "fields.json");
    expect([ran.code, states(ran)]).toEqual([4, ["disagrees", "agrees"]]);

    chain(at, hidden("file:read:/workspace/a"));
    show(at, "beside.json", { action: "file:read:/workspace/a", target_salt: saltHex, context: { branch: "dev" } });
    const beside = await replay(at, ...FOLDER, "--actions", "beside.json");
    expect([beside.code, whys(beside)]).toEqual([
      6,
      ["the policy asks about `branch`, which the receipt does not say"],
    ]);
    const forged = made.disclosures.map((one) => (one.name === "context" ? { ...one, value: {} } : one));
    chain(at, committed);
    show(at, "fields.json", forged);
    expect((await replay(at, ...FOLDER, "--disclosures", "fields.json")).code).toBe(6);
  });

  test.each<readonly [string, Partial<DecisionDraft>, string]>([
    ["another policy", { policy_digest: `sha256:${"0".repeat(64)}` }, "it was decided under another policy"],
    ["another engine", { policy_engine: "opa" }, "it was decided by another engine"],
    ["no trust", { trust_score: undefined as never }, "does not say how far the agent was trusted"],
    ["an action of another tool", { tool_name: "shell:ls" }, "only as a digest"],
  ])("of %s it cannot be told", async (_, more, why) => {
    const at = place();
    chain(at, more);
    const ran = await replay(at);
    expect([ran.code, states(ran)]).toEqual([6, ["cannot_be_replayed"]]);
    expect(whys(ran)[0]).toContain(why);
  });

  test("little trust is part of the answer", async () => {
    const at = place();
    chain(at, { trust_score: 400 }, { trust_score: 400, decision: "require_approval", reason: "trust_low" });
    expect(states(await replay(at))).toEqual(["disagrees", "agrees"]);
  });

  test("a changed receipt is invalid and not replayed; a change of policy is passed over", async () => {
    const at = place();
    const change = { tool_name: "policy:reload", policy_id: "policy_change", reason: "policy_changed" };
    const [first = "", second = ""] = chain(at, {}, change);
    const passed = await replay(at);
    expect([passed.code, states(passed)]).toEqual([0, ["agrees", "passed_over"]]);
    writeFileSync(join(at.project, "chain.jsonl"), `${first.replace("/workspace/a", "/workspace/b")}\n${second}\n`);
    const ran = await replay(at);
    expect(ran.code).toBe(4);
    expect(states(ran)).toEqual(["passed_over", "passed_over"]);
    expect(rows(ran, "causes").map(({ code }) => code)).toContain("invalid_signature");
  });

  test("without keys, without a decision, or with a bundle that does not add up nothing is shown", async () => {
    const at = place();
    chain(at, {});
    expect((await ces(at, ["receipts", "replay", "chain.jsonl", ...FOLDER])).code).toBe(6);
    chain(at, { tool_name: "policy:reload", policy_id: "policy_change" });
    expect((await replay(at)).code).toBe(6);
    chain(at, {});
    const bundle = { ...place(), policy: "policy.json" };
    writeFileSync(join(at.project, "policy.json"), "{}");
    const ran = await replay(at, "--policy", bundle.policy);
    expect([ran.code, states(ran)]).toEqual([4, ["cannot_be_replayed"]]);
    writeFileSync(join(at.project, "policy.json"), "{");
    expect((await replay(at, "--policy", bundle.policy)).code).toBe(6);
  });

  test("Cedar policies are asked too", async () => {
    const at = place({ "a.cedar": CEDAR });
    const engine = { policy_engine: "governance.toolkit/v1+cedar", policy_id: "a.cedar_1" };
    chain(at, engine, { ...engine, target: "/etc/shadow" });
    const ran = await replay(at);
    expect([ran.code, states(ran)]).toEqual([4, ["agrees", "disagrees"]]);
  });

  test("one policy has to be named", async () => {
    const at = place();
    chain(at, {});
    for (const how of [
      ["--keys", "key.hex"],
      [...FOLDER, "--policy", "policy.json"],
    ]) {
      const ran = await ces(at, ["receipts", "replay", "chain.jsonl", ...how]);
      expect([ran.code, ran.err + ran.out]).toEqual([2, expect.stringContaining("a replay needs one policy")]);
    }
  });

  test("what a stranger signed moves no terminal", async () => {
    const at = place();
    const payload = {
      type: "protectmcp:decision",
      tool_name: "\u001b[2J\u202eevil",
      decision: "allow",
      policy_id: "\u001b]0;x\u0007",
      policy_digest: at.digest,
      issued_at: "2026-11-27T12:00:00Z",
      issuer_id: signer.kid,
    };
    const sig = Buffer.from(signer.sign(utf8Encode(canonicalize(payload, "strict")))).toString("hex");
    const signature = { alg: "EdDSA", kid: signer.kid, sig };
    writeFileSync(join(at.project, "chain.jsonl"), JSON.stringify({ payload, signature }));
    const run = async (...words: readonly string[]): Promise<string> => {
      const [name = "", ...more] = words;
      const { out, err } = await ces(at, ["receipts", name, "chain.jsonl", "--keys", "key.hex", ...more]);
      return out + err;
    };
    for (const words of [["replay", ...FOLDER], ["verify"]])
      expect(await run(...words)).not.toMatch(/[\u001b\u0007\u202e]/);
    // A document is data: what JSON escapes is escaped in it, and the rest is the receipt's own text.
    expect(await run("export")).not.toMatch(/[\u001b\u0007]/);
  });

  test("a person reads it", async () => {
    const at = place();
    chain(at, {}, { target: "/etc/passwd" });
    const { out } = await ces(at, ["receipts", "replay", "chain.jsonl", "--keys", "key.hex", ...FOLDER]);
    expect(out).toContain("  0  agrees  allow  file:read  read\n");
    expect(out).toContain("  1  disagrees  allow  file:read  read  the policy decides `deny`\n");
  });
});
