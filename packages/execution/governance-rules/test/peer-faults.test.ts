// What was measured on the skill's first implementation (spec/acta.md §2.9), one by one: here it does not happen. What the command line, the
// keys and the store do about their part of the list is tested where they are.
import { describe, expect, test } from "vitest";
import { type JsonObject } from "@ces/kernel";
import { loadPolicy } from "../src/load/load-policy.ts";
import { SKILL_BACKENDS } from "../src/skill/backend.ts";
import { altered, chainVerified, memoryChain, openTest, optionsOf, sample, verified } from "./chains.ts";
import { fileOf, policy, ruled } from "./policies.ts";
import { nobleCrypto } from "@ces/kernel";

const payloadOf = async (action: string, context: JsonObject = {}) =>
  (await openTest().checkPolicy(action, context)).receipt?.payload ?? {};

describe("spec/acta.md §2.9", () => {
  test("1 hex signatures over JCS; a whole trust is 1000, not `1.0`", async () => {
    const { receipt } = await openTest().checkPolicy("shell:git");
    expect(receipt?.signature.sig).toMatch(/^[0-9a-f]{128}$/);
    expect(receipt?.payload["trust_score"]).toBe(1000);
    expect(verified(altered(receipt, {}))).toBe("valid");
  });

  test("2 text that is not ASCII is signed as it is", async () => {
    const named = fileOf([{ name: "größe", condition: { value: "x" }, action: "deny", message: "zu groß" }]);
    const { receipt, reason, policy_name } = await openTest({ policies: [named] }).checkPolicy("x");
    expect([reason, policy_name, receipt?.payload["policy_id"]]).toEqual(["zu groß", "größe", "gr__e"]);
    expect(verified(altered(receipt, {}))).toBe("valid");
  });

  test("3 the issuer is the key", async () => {
    const { receipt } = await openTest().checkPolicy("shell:git");
    expect(receipt?.payload["issuer_id"]).toBe(receipt?.signature.kid);
  });

  test("4 links are the draft's", async () => {
    const chain = memoryChain();
    const skill = openTest({ record: chain.record });
    for (const action of ["shell:git", "shell:rm x", "nothing"]) await skill.checkPolicy(action);
    expect(chainVerified(chain.texts)).toMatchObject({ outcome: "valid", legacy_links: 0, breaks: 0, count: 3 });
  });

  test("7 the digest covers what people are told, and is that of the rules that decide", async () => {
    const rule = (message: string) => [fileOf([{ name: "a", condition: { value: "x" }, message }])];
    expect(openTest({ policies: rule("no") }).policy().digest).not.toBe(
      openTest({ policies: rule("yes") }).policy().digest,
    );
  });

  test("8 a caller who names engine members of a receipt changes nothing in it", async () => {
    const claims = {
      issued_at: "1999-01-01T00:00:00Z",
      previousReceiptHash: "sha256:00",
      issuer_id: "me",
      sequence: 9,
      policy_digest: "sha256:00",
      decision: "allow",
      ring: 3,
      sandbox_backend: "none",
      trust_score: 0,
    };
    const payload = await payloadOf("shell:rm x", claims);
    expect(payload).toMatchObject({
      issued_at: "2026-11-27T12:00:00.000Z",
      sequence: 1,
      decision: "deny",
      sandbox_backend: "sb_runtime_builtin",
      trust_score: 1000,
    });
    expect(payload).not.toHaveProperty("previousReceiptHash");
    expect(payload["issuer_id"]).toMatch(/^sb:issuer:/);
  });

  test("8 an agent's name that is none is `unknown`", async () => {
    for (const agent_did of [5, "", "a b", "a\nb", "x".repeat(300), { is: "a" }])
      expect(await payloadOf("shell:git", { agent_did: agent_did as string })).toMatchObject({ agent_id: "unknown" }); // what a caller might send
  });

  test("11 what is configured is confirmed or refused, and `none` is never silent", async () => {
    const of = (change: object) => () => openTest({ sandbox: { ...optionsOf().sandbox, ...change } });
    expect(of({ backend: "none" })).toThrow(expect.objectContaining({ code: "SANDBOX_REFUSED" }));
    expect(of({ backend: "none", no_sandbox: { by: "", why: "" } })).toThrow("someone who says so");
    expect(of({ backend: "none", production: true, no_sandbox: { by: "me", why: "test" } })).toThrow(
      "refused in production",
    );
    for (const backend of SKILL_BACKENDS.filter((one) => one !== "none")) {
      expect(of({ backend, production: true })).toThrow("nothing confirms");
      expect(of({ backend, ring: backend === "sb_runtime_builtin" ? 2 : 3 })).toThrow(/is ring \d, not/);
    }
    const bare = openTest({
      sandbox: { ...optionsOf().sandbox, backend: "none", no_sandbox: { by: "ann", why: "a demo" } },
    });
    const { warnings, receipt, ring, sandbox_state } = await bare.checkPolicy("shell:git");
    expect([ring, sandbox_state]).toEqual([null, "disabled"]);
    expect(warnings).toEqual([
      "no sandbox: nothing but this policy stands between the agent and the machine (ann: a demo)",
    ]);
    expect(receipt?.payload).toMatchObject({ sandbox_backend: "none", sandbox_state: "disabled" });
    expect(receipt?.payload).not.toHaveProperty("ring");
  });

  test("11 an observation by the kernel confirms; the environment's word does not", async () => {
    const of = (backend: "sb_runtime_builtin" | "nono", ...observed: readonly object[]) =>
      openTest({ sandbox: { ...optionsOf().sandbox, backend, observed: observed as never } }).sandbox.members
        .sandbox_state; // shapes as a driver gives them
    const kernel = { source: "kernel", facts: { seccomp: 2, no_new_privs: true } };
    const driver = { source: "driver", facts: { driver: "nono", driver_version: "0.66.0" } };
    expect(of("sb_runtime_builtin", kernel)).toBe("enabled");
    expect(of("sb_runtime_builtin", { source: "env", facts: { seccomp: 2, no_new_privs: true } })).toBe("unavailable");
    expect(of("sb_runtime_builtin", { source: "kernel", facts: { seccomp: 0, no_new_privs: true } })).toBe(
      "unavailable",
    );
    expect(of("nono", kernel, driver)).toBe("enabled");
    expect(of("nono", driver, { source: "kernel", facts: { landlock: true } })).toBe("enabled");
    expect([
      of("nono", driver),
      of("nono", kernel),
      of("nono", { source: "env", facts: { driver_session: "x" } }),
    ]).toEqual(["unavailable", "unavailable", "unavailable"]);
  });

  test("12 a misspelt operator, a broken pattern and a catastrophic one do not get as far as an action", () => {
    const of = (operator: string, value: string) =>
      loadPolicy([fileOf([{ name: "x", condition: { operator, value }, action: "deny" }])], nobleCrypto).kind;
    expect([of("startswith", "shell:rm"), of("matches", "shell:("), of("matches", "(?=x)")]).toEqual([
      "refused",
      "refused",
      "refused",
    ]);
    const slow = policy({ name: "x", condition: { operator: "matches", value: "^(a+)+$" }, action: "allow" });
    expect(ruled(slow, `${"a".repeat(50_000)}!`)).toBe("unmatched");
  });

  test("12 a member that is not there is not an empty text", () => {
    const empty = policy({ name: "x", condition: { field: "who", operator: "contains", value: "" }, action: "allow" });
    expect([ruled(empty, "x"), ruled(empty, "x", { who: "" })]).toEqual(["unmatched", "allow x"]);
  });

  test("13 prefixes do not fool, and arguments are part of the question", () => {
    const rules = policy(
      { name: "read", condition: { operator: "matches", value: "^file:read:/(workspace|tmp)" }, action: "allow" },
      {
        name: "api",
        condition: { operator: "matches", value: "^http:(GET|POST):api\\.github\\.com" },
        action: "allow",
      },
      { name: "sh", condition: { operator: "in", value: ["shell:python"] }, action: "allow" },
    );
    expect(
      ["file:read:/workspace/../etc/shadow", "http:GET:api.github.com.evil.com/x", "shell:python -c 'x'"].map(
        (action) => ruled(rules, action),
      ),
    ).toEqual(["unmatched", "unmatched", "unmatched"]);
    expect(
      ["file:read:/workspace/a", "http:GET:api.github.com/x", "shell:python"].map((action) => ruled(rules, action)),
    ).toEqual(["allow read", "allow api", "allow sh"]);
  });

  test("14 no argument and no context stands in a receipt, no secret in the log", async () => {
    const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    const skill = openTest();
    const { receipt } = await skill.checkPolicy(`shell:curl -H 'Authorization: Bearer ${secret}' https://a.b`, {
      password: "hunter2hunter2",
      note: secret,
    });
    expect(JSON.stringify(receipt)).not.toMatch(/ghp_|hunter2|Authorization|a\.b/);
    expect(receipt?.payload).toMatchObject({ tool_name: "shell:curl" });
    expect(JSON.stringify(skill.getAuditLog())).not.toMatch(/ghp_|hunter2/);
    expect(skill.getAuditLog()).toMatchObject([{ context: { password: "[redacted:name]" } }]);
  });

  test("14 the log is a copy, bounded, and whoever changes it or the context afterwards changes nothing", async () => {
    const skill = openTest();
    const context = { stage: "dev" };
    await skill.checkPolicy("shell:git", context);
    context.stage = "prod";
    const [entry] = skill.getAuditLog();
    Object.assign(entry?.context ?? {}, { stage: "changed" });
    expect(skill.getAuditLog()).toMatchObject([{ context: { stage: "dev" } }]);
    for (let i = 0; i < 60; i += 1) await skill.checkPolicy("x", {}, { sign: false });
    expect([
      skill.getAuditLog().length,
      skill.getAuditLog(3).length,
      skill.getAuditLog(0).length,
      skill.getAuditLog(1e9).length,
    ]).toEqual([50, 3, 0, 61]);
  });

  test("15 parallel checks make one linear chain", async () => {
    const chain = memoryChain();
    const skill = openTest({
      record: async (draft) => {
        await Promise.resolve();
        return chain.record(draft);
      },
    });
    await Promise.all(Array.from({ length: 50 }, (_, i) => skill.checkPolicy(`shell:git ${i}`)));
    expect(chainVerified(chain.texts)).toMatchObject({ outcome: "valid", count: 50, breaks: 0 });
  });

  test("16 a denial is an answer, an allow another, and a score is what was made of it", async () => {
    const skill = openTest();
    skill.adjustTrust("a", -0.25);
    expect([skill.getTrustScore("a"), skill.getTrustScore("b")]).toEqual([0.75, 1]);
    expect((await skill.checkPolicy("shell:git", { agent_did: "a" })).trust_score).toBe(0.75);
  });

  test("17 a decision says that it is one: nothing in it looks like an outcome", async () => {
    const payload = await payloadOf("shell:git");
    expect(payload["type"]).toBe("protectmcp:decision");
    expect(Object.keys(payload).filter((name) => /exit|result|duration|stdout/.test(name))).toEqual([]);
  });

  test("the sample of the contract has no findings", () => {
    expect(openTest({ policies: [sample] }).policy().lints).toEqual([]);
  });
});
