// Known questions, asked of the engine before it is believed: an engine that is missing a part of itself must not be found out by an attack.

import { CesError } from "@ces/kernel";
import type { CedarEngine, CedarRequest } from "./cedar-engine.ts";

const ID = "ces:self-test";
const request: CedarRequest = {
  principal: { type: "Agent", id: "self" },
  action: { type: "Action", id: "test" },
  resource: { type: "Tool", id: "test" },
  context: { command: "rm" },
  entities: [],
};

const PERMIT = "permit(principal, action, resource);";
const QUESTIONS: readonly {
  readonly what: string;
  readonly policies: readonly string[];
  readonly expect: "allow" | "deny" | "error";
}[] = [
  { what: "a permit permits", policies: [PERMIT], expect: "allow" },
  { what: "nothing permits nothing", policies: [], expect: "deny" },
  {
    what: "a forbid wins",
    policies: [PERMIT, 'forbid(principal, action, resource) when { ["rm"].contains(context.command) };'],
    expect: "deny",
  },
  {
    what: "a type error is reported",
    policies: [PERMIT, 'forbid(principal, action, resource) when { context.command in ["rm"] };'],
    expect: "error",
  },
];

/** Asks the known questions. Throws CesError `CEDAR_UNAVAILABLE` for a wrong answer. */
export function selfTest(engine: CedarEngine): void {
  const wrong = QUESTIONS.find(({ policies, expect }) => answerTo(engine, policies) !== expect);
  if (wrong === undefined) return;
  throw new CesError("CEDAR_UNAVAILABLE", `the Cedar engine fails a known question: ${wrong.what}`, {
    remedy: "install the workspace's dependencies again",
  });
}

function answerTo(engine: CedarEngine, policies: readonly string[]): string {
  try {
    const staticPolicies = Object.fromEntries(policies.map((policy, index) => [String(index), policy]));
    if (engine.preparsePolicySet(ID, { staticPolicies }).type === "failure") return "unparsed";
    const answer = engine.statefulIsAuthorized({ ...request, preparsedPolicySetId: ID });
    if (answer.type === "failure") return "failed";
    return answer.response.diagnostics.errors.length > 0 ? "error" : answer.response.decision;
  } catch {
    return "threw";
  }
}
