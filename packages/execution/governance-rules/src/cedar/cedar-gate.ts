// Cedar as a second engine, armed only after it proved itself. Cedar skips a policy that errors, so a `forbid` with a mistake in it lets
// everything through: here any error is a denial. Source: spec/acta.md §5.

import { CesError, isCesError, utf8Decode } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { allow, deny } from "@ces/records";
import { type Judgement, refusal } from "../decide/judgement.ts";
import { machineWord } from "../rule/rule.ts";
import type { CedarEngine, CedarPolicies, CedarRequest, CedarResponse } from "./cedar-engine.ts";
import { selfTest } from "./self-test.ts";

/** Policies, and the schema that they are validated against; without one only their syntax is. */
export type CedarSources = {
  /** Under this name the engine keeps the parsed set; one name for one set. */
  readonly id: string;
  readonly files: readonly PolicyFile[];
  readonly schema: string | null;
};

/** An armed gate. */
export type CedarGate = { readonly version: string; readonly judge: (request: CedarRequest) => Judgement };

/**
 * Parses, validates strictly, tests the engine on known questions, and arms the gate. Throws CesError `CEDAR_UNAVAILABLE` for no engine or one
 * that answers a known question wrongly, `CEDAR_POLICY_INVALID` for policies with an error, a template or a warning of the validator.
 */
export function openCedarGate(engine: CedarEngine | null, sources: CedarSources): CedarGate {
  if (engine === null)
    throw new CesError("CEDAR_UNAVAILABLE", "the Cedar engine cannot be loaded", {
      remedy: "install the workspace's dependencies again, or take the `.cedar` files out of the policy",
    });
  selfTest(engine);
  const policies = policiesOf(engine, sources.files);
  arm(engine, sources, policies);
  return { version: engine.getCedarVersion(), judge: (request) => judge(engine, sources, request) };
}

function policiesOf(engine: CedarEngine, files: readonly PolicyFile[]): CedarPolicies {
  const found = new Map<string, string>();
  for (const { name, bytes } of files) {
    const text = utf8Decode(bytes);
    if (text === undefined) throw invalid(`${name}: the file is not UTF-8`);
    const parts = engine.policySetTextToParts(text);
    if (parts.type === "failure") throw invalid(`${name}: ${parts.errors[0]?.message ?? "it cannot be parsed"}`);
    if (parts.policy_templates.length > 0) throw invalid(`${name}: it holds a template`);
    for (const [index, policy] of parts.policies.entries()) found.set(`${name}#${index + 1}`, policy);
  }
  return { staticPolicies: Object.fromEntries(found) };
}

function arm(engine: CedarEngine, { id, schema }: CedarSources, policies: CedarPolicies): void {
  if (schema !== null) validateStrictly(engine, schema, policies);
  const parsed = engine.preparsePolicySet(id, policies);
  if (parsed.type === "failure") throw invalid(parsed.errors[0]?.message ?? "the set cannot be parsed");
}

function validateStrictly(engine: CedarEngine, schema: string, policies: CedarPolicies): void {
  const answer = engine.validate({ validationSettings: { mode: "strict" }, schema, policies });
  if (answer.type === "failure") throw invalid(answer.errors[0]?.message ?? "it cannot be validated");
  const [fault] = [...answer.validationErrors, ...answer.validationWarnings];
  if (fault !== undefined) throw invalid(`${fault.policyId}: ${fault.error.message}`);
  const kept = engine.preparseSchema(SCHEMA_NAME, schema);
  if (kept.type === "failure") throw invalid(kept.errors[0]?.message ?? "the schema cannot be parsed");
}

const SCHEMA_NAME = "ces";

// Never throws: an engine that traps has not allowed anything.
function judge(engine: CedarEngine, { id, schema }: CedarSources, request: CedarRequest): Judgement {
  try {
    const checked = schema === null ? {} : { preparsedSchemaName: SCHEMA_NAME, validateRequest: true };
    const answer = engine.statefulIsAuthorized({ ...request, ...checked, preparsedPolicySetId: id });
    if (answer.type === "failure") return fault(answer.errors[0]?.message ?? "no answer");
    return judgementOf(answer.response);
  } catch (error) {
    return fault(error instanceof Error ? error.message : "the engine failed");
  }
}

function judgementOf({ decision, diagnostics: { reason, errors } }: CedarResponse): Judgement {
  const [error] = errors;
  // SECURITY: the skipped policy may be the one that forbids.
  if (error !== undefined) return fault(`${error.policyId}: ${error.error.message}`);
  const ids = reason.toSorted().join(", ");
  const named = { policy_name: ids === "" ? null : ids, policy_id: ids === "" ? "default_deny" : machineWord(ids) };
  if (decision === "deny") {
    const text = ids === "" ? "No policy permits it - default deny" : `Denied by policy: ${ids}`;
    return { ...refusal("CEDAR_DENIES", text), ...named };
  }
  const text = `Allowed by policy: ${ids}`;
  return {
    verdict: allow("CEDAR_ALLOWS", text),
    decision: "allow",
    reason_code: "CEDAR_ALLOWS",
    reason: text,
    ...named,
  };
}

function fault(why: string): Judgement {
  const text = `Denied: a Cedar policy could not be evaluated (${why.slice(0, 300)})`;
  return { ...refusal("CEDAR_ERROR", text), verdict: deny("CEDAR_ERROR", text), policy_id: "cedar_error" };
}

/** The gate, or one that denies everything and says why: for whoever must answer even so. */
export function cedarGateOrDenial(open: () => CedarGate): CedarGate {
  try {
    return open();
  } catch (error) {
    if (!isCesError(error)) throw error;
    const { code, message } = error;
    return { version: "none", judge: () => refusal(code, message, code.toLowerCase()) };
  }
}

function invalid(why: string): CesError {
  return new CesError("CEDAR_POLICY_INVALID", why.split("\n")[0]?.slice(0, 400) ?? "the policies", {
    remedy: "correct the policy; a Cedar set with an error in it is not used at all",
  });
}
