// The policy asked again: it decides what the skill decided, and says so where it cannot know.
import { nobleCrypto } from "@ces/kernel";
import { replayDecisions } from "@ces/receipts";
import { expect, test } from "vitest";
import { type AskedAgain, policyReplay } from "../src/skill/policy-replay.ts";
import { armedPolicy } from "../src/skill/armed-policy.ts";
import { openTest, sample } from "./chains.ts";
import { fileOf } from "./policies.ts";

const ground = armedPolicy([sample], { cedar: null, crypto: nobleCrypto });
const known = (action: string, context: Record<string, unknown> | null = null): (() => AskedAgain) => {
  return () => ({ kind: "known", action, context });
};
const payload = {
  tool_name: "shell:git",
  decision: "allow",
  policy_id: "allow-shell",
  policy_engine: "governance.toolkit/v1",
  policy_digest: ground.policy.digest,
  agent_id: "did:mesh:a",
  trust_score: 1000,
  ring: 3,
};
const replay = (more: object = {}, asked = known("shell:git"), on = ground) =>
  policyReplay(on, asked)({ ...payload, ...more } as never, 0);

test("what the skill signed is what the replay decides, for every kind of answer", async () => {
  const skill = openTest();
  for (const action of ["shell:git", "shell:rm x", "file:read:/a", "nothing", "\0"]) {
    const { receipt } = await skill.checkPolicy(action, { agent_did: "did:mesh:a" });
    const report = replayDecisions([receipt?.payload as never], policyReplay(ground, known(action)));
    expect([action, report.outcome, report.agreed]).toEqual([action, "valid", 1]);
  }
});

test("another policy, another engine, another tool and an action that nobody showed are not guessed", () => {
  const why = (text: string) => ({ kind: "unknown", text: expect.stringContaining(text) });
  expect(replay({ policy_digest: `sha256:${"0".repeat(64)}` })).toEqual(why("another policy"));
  expect(replay({ policy_digest: undefined })).toEqual(why("another policy"));
  expect(replay({ policy_engine: "governance.toolkit/v1+cedar" })).toEqual(why("another engine"));
  // Allowed by the same rule, and not what was asked.
  expect(replay({}, known("shell:python"))).toEqual(why("another tool"));
  expect(replay({}, () => ({ kind: "unknown", why: "hidden" }))).toEqual(why("hidden"));
  expect(replay({ trust_score: "1000" })).toEqual(why("how far the agent was trusted"));
});

test("a member that a rule asks about is known from a context, and from nothing else", () => {
  const asks = (field: string) => {
    const rule = { name: "deny-it", condition: { field, value: "main" }, action: "deny", priority: 999 };
    return armedPolicy([sample, fileOf([rule], "more.yaml")], { cedar: null, crypto: nobleCrypto });
  };
  const on = asks("branch");
  const under = { policy_digest: on.policy.digest };
  expect(replay(under, known("shell:git"), on)).toMatchObject({
    kind: "unknown",
    text: expect.stringContaining("`branch`"),
  });
  expect(replay(under, known("shell:git", { branch: "main" }), on)).toMatchObject({
    decision: "deny",
    policy_id: "deny-it",
  });
  expect(replay(under, known("shell:git", {}), on)).toMatchObject({ decision: "allow" });
  // The agent's name stands in the receipt, unless it is the one that stands for none.
  const byAgent = asks("agent_did");
  const named = { policy_digest: byAgent.policy.digest };
  expect(replay({ ...named, agent_id: "main" }, known("shell:git"), byAgent)).toMatchObject({ decision: "deny" });
  expect(replay({ ...named, agent_id: "unknown" }, known("shell:git"), byAgent)).toMatchObject({ kind: "unknown" });
});

test("trust and its threshold are part of the answer, the threshold itself is enough", () => {
  expect(replay({ trust_score: 500 })).toMatchObject({ decision: "allow" });
  expect(replay({ trust_score: 499 })).toMatchObject({ decision: "require_approval" });
  expect(replay({ trust_score: 499 }, known("shell:git"), { ...ground, threshold: 0.4 } as never)).toMatchObject({
    decision: "allow",
  });
});

test("a limit stands in a receipt as a denial", () => {
  const slow = { name: "slow", condition: { value: "shell:git" }, action: "rate_limit", priority: 999 };
  const on = armedPolicy([fileOf([slow])], { cedar: null, crypto: nobleCrypto });
  expect(replay({ policy_digest: on.policy.digest }, known("shell:git"), on)).toEqual({
    kind: "decided",
    decision: "deny",
    policy_id: "slow",
  });
});
