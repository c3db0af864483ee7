// The rules of a governed agent: what may be done, decided in linear time, with reasons, and recorded.
export type { ReadAction, Unreadable } from "./action/action-reading.ts";
export { readAction } from "./action/read-action.ts";
export { AGENT_SCHEMA } from "./cedar/agent-schema.ts";
export type { CedarEngine, CedarRequest } from "./cedar/cedar-engine.ts";
export { type CedarGate, cedarGateOrDenial, type CedarSources, openCedarGate } from "./cedar/cedar-gate.ts";
export { type Judgement, judgementOf, stricterJudgement } from "./decide/judgement.ts";
export { type RequestContext, type RuleBook, ruleBook, type Ruling } from "./decide/rule-book.ts";
export { anchoredConditions } from "./lint/anchored-condition.ts";
export type { Lint, LintCode } from "./lint/lint.ts";
export { loadedPolicy, loadPolicy, type Policy, policyInvalid, type PolicyLoad } from "./load/load-policy.ts";
export { holdsCedar, holdsRules, MAX_POLICY_BYTES, MAX_POLICY_FILES } from "./load/policy-file.ts";
export { type PolicyProblem, problemLine } from "./load/policy-problem.ts";
export { API_VERSION } from "./load/read-rules.ts";
export { OPERATORS } from "./rule/operand.ts";
export type { Condition, Operator, Rule, RuleAction } from "./rule/rule.ts";
export { type ArmedPolicy, armedPolicy } from "./skill/armed-policy.ts";
export type { AuditEntry } from "./skill/audit-log.ts";
export {
  type SandboxClaim,
  type SandboxSetting,
  sandboxSetting,
  SKILL_BACKENDS,
  type SkillBackend,
} from "./skill/backend.ts";
export { type GovernanceSkill, openSkill, type RecordDecision, type SkillOptions } from "./skill/governance-skill.ts";
export type { PolicyDecision } from "./skill/policy-decision.ts";
export { type AskedAgain, policyReplay, type ReplayGround } from "./skill/policy-replay.ts";
export { FULL_TRUST, TRUST_POLICY, type TrustBook, trustBook } from "./skill/trust-book.ts";
