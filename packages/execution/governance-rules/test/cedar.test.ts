// Cedar as a second engine, with the real one: an error is a denial, a set with a mistake is not used, and a broken engine is found out
// before it is believed.
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { describe, expect, test } from "vitest";
import { agentRequests } from "../src/cedar/agent-requests.ts";
import { AGENT_SCHEMA } from "../src/cedar/agent-schema.ts";
import type { CedarEngine } from "../src/cedar/cedar-engine.ts";
import { cedarGateOrDenial, openCedarGate } from "../src/cedar/cedar-gate.ts";
import { stricterJudgement } from "../src/decide/judgement.ts";
import { readAction } from "../src/action/read-action.ts";
import { file } from "./policies.ts";

const engine: CedarEngine = cedar;
let serial = 0;
const gate = (text: string, schema: string | null = AGENT_SCHEMA) =>
  openCedarGate(engine, { id: `test-${(serial += 1)}`, files: [file("p.cedar", text)], schema });
const request = {
  principal: { type: "Agent", id: "self" },
  action: { type: "Action", id: "Bash" },
  resource: { type: "Tool", id: "Bash" },
  context: { command: "rm" },
  entities: [],
};

/** The strictest answer about an action of the skill. */
function asked(text: string, action: string, trust = 1000): string {
  const read = readAction(action);
  if ("why" in read) throw new Error(read.why);
  const armed = gate(text);
  const judged = agentRequests(read, { agent_id: 'did:mesh:"a"', trust, ring: 2 })
    .map((one) => armed.judge(one))
    .reduce(stricterJudgement);
  return `${judged.verdict.kind} ${judged.policy_id}`;
}

describe("a set of policies", () => {
  test("decides, and says which of them did", () => {
    const armed = gate(
      'permit(principal, action, resource);\nforbid(principal, action, resource) when { ["rm"].contains(context.command) };',
      null,
    );
    expect(armed.judge(request)).toMatchObject({
      decision: "deny",
      policy_name: "p.cedar#2",
      policy_id: "p.cedar_2",
      reason: "Denied by policy: p.cedar#2",
    });
    expect(armed.judge({ ...request, context: { command: "ls" } })).toMatchObject({
      decision: "allow",
      policy_name: "p.cedar#1",
    });
    expect(armed.version).toMatch(/^\d+\.\d+/);
  });

  test("an error of any policy is a denial, even where the others permit (`in` on strings)", () => {
    const armed = gate(
      'permit(principal, action, resource);\nforbid(principal, action, resource) when { context.command in ["rm"] };',
      null,
    );
    expect(armed.judge(request)).toMatchObject({
      decision: "deny",
      reason_code: "CEDAR_ERROR",
      policy_id: "cedar_error",
    });
  });

  test("nothing that permits is a denial", () =>
    expect(gate("", null).judge(request)).toMatchObject({ decision: "deny", policy_id: "default_deny" }));

  test.each([
    ["no policy", "permit(principal, action, resource"],
    ["a template", "permit(principal == ?principal, action, resource);"],
    [
      "an attribute that is not there",
      'permit(principal, action == Agent::Action::"exec", resource) when { context.comand == "ls" };',
    ],
    [
      "`in` on strings",
      'forbid(principal, action == Agent::Action::"exec", resource) when { context.command in ["rm"] };',
    ],
    ["a policy that can never apply", 'permit(principal, action == Agent::Action::"exec", resource is Agent::File);'],
    ["an action that is not there", 'permit(principal, action == Agent::Action::"run", resource);'],
  ])("with %s is refused when it is loaded", (_, text) => {
    expect(() => gate(text)).toThrow(expect.objectContaining({ code: "CEDAR_POLICY_INVALID" }));
  });

  test("bytes that are no text are refused", () => {
    const files = [{ name: "p.cedar", bytes: new Uint8Array([0xff]) }];
    expect(() => openCedarGate(engine, { id: "x", files, schema: null })).toThrow("p.cedar: the file is not UTF-8");
  });
});

describe("an engine that cannot be relied on", () => {
  const broken = (change: Partial<CedarEngine>): CedarEngine => ({ ...engine, ...change });
  const success = (decision: "allow" | "deny") => () => ({
    type: "success" as const,
    response: { decision, diagnostics: { reason: [], errors: [] } },
  });

  test.each([
    ["is missing", null],
    ["allows everything", broken({ statefulIsAuthorized: success("allow") })],
    ["denies everything", broken({ statefulIsAuthorized: success("deny") })],
    [
      "traps",
      broken({
        statefulIsAuthorized: () => {
          throw new Error("unreachable");
        },
      }),
    ],
    ["cannot parse", broken({ preparsePolicySet: () => ({ type: "failure", errors: [] }) })],
  ])("that %s is not armed; whoever must answer denies", (_, one) => {
    const open = () =>
      openCedarGate(one, { id: "x", files: [file("p.cedar", "permit(principal, action, resource);")], schema: null });
    expect(open).toThrow(expect.objectContaining({ code: "CEDAR_UNAVAILABLE" }));
    expect(cedarGateOrDenial(open).judge(request)).toMatchObject({
      decision: "deny",
      reason_code: "CEDAR_UNAVAILABLE",
    });
  });

  test("that traps later denies", () => {
    let armed = false;
    const late = broken({
      statefulIsAuthorized: (call) => {
        if (armed) throw new Error("unreachable");
        return engine.statefulIsAuthorized(call);
      },
    });
    const open = openCedarGate(late, {
      id: "late",
      files: [file("p.cedar", "permit(principal, action, resource);")],
      schema: null,
    });
    armed = true;
    expect(open.judge(request)).toMatchObject({ decision: "deny", reason_code: "CEDAR_ERROR" });
  });
});

describe("actions as questions", () => {
  const read =
    'permit(principal, action == Agent::Action::"open", resource) when { context.mode == "read" && resource.path like "/workspace/*" };';
  test("a path is asked about resolved: `like` resolves nothing", () => {
    expect(asked(read, "file:read:/workspace/a")).toBe("allow p.cedar_1");
    expect(asked(read, "file:read:/workspace/../etc/shadow")).toBe("deny default_deny");
    expect(asked(read, "file:write:/workspace/a")).toBe("deny default_deny");
  });

  const git =
    'permit(principal, action == Agent::Action::"exec", resource) when { context.command == "git" && !context.argv.contains("push") };';
  test("each command of a line is asked about, and the strictest answer counts", () => {
    expect(asked(git, "shell:git status")).toBe("allow p.cedar_1");
    expect(asked(git, "shell:git push")).toBe("deny default_deny");
    expect(asked(git, "shell:git status; rm -rf /")).toBe("deny default_deny");
    expect(asked(git, "shell:$()")).toBe("deny default_deny");
  });

  test("hosts, tools and trust can be asked about", () => {
    const connect =
      'permit(principal, action == Agent::Action::"connect", resource) when { resource.host == "a.b" && context.tls && resource.port == 443 };';
    expect([asked(connect, "http:GET:https://A.b/x"), asked(connect, "http:GET:a.b/x")]).toEqual([
      "allow p.cedar_1",
      "deny default_deny",
    ]);
    const tool =
      'permit(principal, action == Agent::Action::"request_tool", resource) when { principal.trust_score.greaterThan(decimal("0.7")) && resource.name == "deploy" };';
    expect([asked(tool, "deploy"), asked(tool, "deploy", 700)]).toEqual(["allow p.cedar_1", "deny default_deny"]);
  });
});
