// The skill: a policy, who is trusted how far, whose walls stand around, and a receipt for each decision. No receipt, no execution: a
// decision that cannot be recorded is a denial. Source: spec/acta.md §2, §7.5, §7.6.

import { type Clock, type Crypto, encodeHex, isCesError, type Random } from "@ces/kernel";
import type { DecisionDraft, PolicyFile, Receipt } from "@ces/receipts";
import { deny } from "@ces/records";
import type { CedarEngine } from "../cedar/cedar-engine.ts";
import type { RequestContext } from "../decide/rule-book.ts";
import { digestOfNothing, loadPolicy, type Policy, type PolicyLoad } from "../load/load-policy.ts";
import { armedPolicy, armPolicy, type ArmedPolicy } from "./armed-policy.ts";
import { type AuditEntry, type AuditLog, auditLog } from "./audit-log.ts";
import { type SandboxClaim, type SandboxSetting, sandboxSetting } from "./backend.ts";
import { decisionDraft } from "./decision-draft.ts";
import { judgeAction } from "./judge-action.ts";
import type { PolicyDecision } from "./policy-decision.ts";
import { type TrustBook, trustBook } from "./trust-book.ts";

/** Signs a draft as the next receipt of a chain and stores it. Whatever it throws means that there is no receipt. */
export type RecordDecision = (draft: DecisionDraft) => Receipt | Promise<Receipt>;

/** What a skill is opened with. */
export type SkillOptions = {
  readonly policies: readonly PolicyFile[];
  /** The loaded engine; null when it could not be loaded. Asked for only when there are Cedar policies. */
  readonly cedar?: CedarEngine | null;
  readonly sandbox: SandboxClaim;
  /** Null: decisions are made and never signed. */
  readonly record: RecordDecision | null;
  readonly trust?: TrustBook;
  /** Below it (0–1; 0.5) nothing is allowed without a person. */
  readonly trust_threshold?: number;
  readonly session_id?: string;
  /** Whose word the action is; `caller` unless told. */
  readonly observed_by?: DecisionDraft["observed_by"];
  readonly clock: Pick<Clock, "now">;
  readonly crypto: Pick<Crypto, "sha256">;
  readonly random: Random;
};

/** An open skill. */
export type GovernanceSkill = {
  /** Decides and records. `sign: false` records nothing and leaves the chain where it is. Never throws for what is asked. */
  readonly checkPolicy: (
    action: string,
    context?: RequestContext,
    how?: { readonly sign?: boolean },
  ) => Promise<PolicyDecision>;
  /**
   * Takes other files: instead of the present ones, or beside them (a file of the same name is replaced). All of it or nothing: with a problem
   * the old policy stays in force. The change is recorded first. Throws what recording throws, and CesError `CEDAR_…` for Cedar policies.
   */
  readonly loadPolicies: (files: readonly PolicyFile[], mode: "replace" | "merge") => Promise<PolicyLoad>;
  readonly getTrustScore: (agent: string) => number;
  readonly adjustTrust: (agent: string, delta: number) => number;
  /** The last decisions, oldest first. */
  readonly getAuditLog: (limit?: number) => readonly AuditEntry[];
  /** The policy in force. */
  readonly policy: () => Policy;
  readonly sandbox: SandboxSetting;
};

type Skill = {
  readonly options: SkillOptions;
  readonly sandbox: SandboxSetting;
  readonly trust: TrustBook;
  readonly audit: AuditLog;
  readonly no_policy: string;
  // INVARIANT: replaced as one value, so that a digest is never of other rules than those that decide.
  armed: ArmedPolicy;
  // What a decision waits for: it stands in the chain after a change of policy only if it was made by the new one.
  changing: Promise<unknown>;
};

/** Opens a skill. Throws CesError `POLICY_INVALID`, `CEDAR_POLICY_INVALID`, `CEDAR_UNAVAILABLE`, `SANDBOX_REFUSED`. */
export function openSkill(options: SkillOptions): GovernanceSkill {
  const skill: Skill = {
    options,
    sandbox: sandboxSetting(options.sandbox),
    trust: options.trust ?? trustBook(),
    audit: auditLog(),
    no_policy: digestOfNothing(options.crypto),
    armed: armedPolicy(options.policies, { cedar: options.cedar ?? null, crypto: options.crypto }),
    changing: Promise.resolve(),
  };
  return {
    checkPolicy: (action, context = {}, { sign = true } = {}) => check(skill, { action, context, sign }),
    loadPolicies: (files, mode) => {
      const changed = skill.changing.then(() => reload(skill, files, mode));
      skill.changing = changed.catch(() => null);
      return changed;
    },
    getTrustScore: skill.trust.get,
    adjustTrust: skill.trust.adjust,
    getAuditLog: skill.audit.last,
    policy: () => skill.armed.policy,
    sandbox: skill.sandbox,
  };
}

type Check = { readonly action: string; readonly context: RequestContext; readonly sign: boolean };

async function check(skill: Skill, { action, context, sign }: Check): Promise<PolicyDecision> {
  await skill.changing;
  const decision = decide(skill, action, context);
  const { record } = skill.options;
  const recorded = sign && record !== null ? await recordDecision(skill, record, decision) : decision;
  const stored = !sign || record === null ? "off" : recorded.receipt === null ? "failed" : "stored";
  skill.audit.add({
    timestamp: skill.options.clock.now(),
    action,
    decision: recorded.decision,
    reason_code: recorded.reason_code,
    policy_id: recorded.policy_id,
    agent_did: recorded.agent_did,
    trust_score: recorded.trust_score,
    context,
    recorded: stored,
  });
  return recorded;
}

function decide({ options, sandbox, trust, armed }: Skill, action: string, context: RequestContext): PolicyDecision {
  const agent = agentOf(context);
  const judged = judgeAction(
    { ...armed, threshold: options.trust_threshold ?? 0.5 },
    { action, context, agent, trust: trust.thousandths(agent), ring: sandbox.ring ?? 0 },
  );
  const { policy } = armed;
  return {
    ...judged,
    allowed: judged.verdict.kind === "allow",
    action,
    policy_engine: policy.engine,
    policy_digest: policy.digest,
    agent_did: agent,
    trust_score: trust.get(agent),
    ring: sandbox.ring,
    sandbox_backend: sandbox.backend,
    sandbox_state: sandbox.members.sandbox_state,
    warnings: [
      ...sandbox.warnings.map(({ text }) => text),
      ...policy.lints.filter(({ rule }) => rule === null).map(({ text }) => text),
    ],
    receipt: null,
    target_salt: null,
  };
}

// The only thing that a caller says about itself; what is no name stands in no receipt.
function agentOf(context: RequestContext): string {
  const named = Object.hasOwn(context, "agent_did") ? context["agent_did"] : undefined;
  return typeof named === "string" && /^[\x21-\x7e]{1,256}$/.test(named) ? named : "unknown";
}

async function recordDecision(skill: Skill, record: RecordDecision, decision: PolicyDecision): Promise<PolicyDecision> {
  const salt = skill.options.random(32);
  try {
    return { ...decision, receipt: await record(draftOf(skill, decision, salt)), target_salt: encodeHex(salt) };
  } catch (error) {
    // SECURITY: what a signer throws may hold what it signs with; only our own words are repeated.
    const why = isCesError(error) ? error.message : "the receipt could not be signed and stored";
    const reason = `Denied: no receipt (${why})`;
    return {
      ...decision,
      verdict: deny("RECEIPT_MISSING", reason),
      decision: "deny",
      allowed: false,
      reason,
      reason_code: "RECEIPT_MISSING",
      receipt: null,
    };
  }
}

function draftOf({ options, sandbox, no_policy }: Skill, decision: PolicyDecision, salt: Uint8Array): DecisionDraft {
  return decisionDraft(decision, {
    sandbox,
    salt,
    crypto: options.crypto,
    session_id: options.session_id ?? null,
    observed_by: options.observed_by ?? "caller",
    no_policy,
  });
}

async function reload(skill: Skill, files: readonly PolicyFile[], mode: "replace" | "merge"): Promise<PolicyLoad> {
  const names = new Set(files.map(({ name }) => name));
  const kept = mode === "merge" ? skill.armed.policy.files.filter(({ name }) => !names.has(name)) : [];
  const load = loadPolicy([...kept, ...files], skill.options.crypto);
  if (load.kind === "refused") return load;
  const armed = armPolicy(load.policy, skill.options.cedar ?? null);
  const { record } = skill.options;
  if (record !== null) await record(changeDraft(skill, load.policy));
  skill.armed = armed;
  return load;
}

// A change of policy is a decision of the operator: it stands in the chain under the digest that is in force from there on.
function changeDraft(skill: Skill, { engine, digest }: Policy): DecisionDraft {
  const about = decide(skill, "policy:reload", { agent_did: "operator" });
  const changed = {
    reason_code: "POLICY_CHANGED",
    policy_id: "policy_change",
    policy_engine: engine,
    policy_digest: digest,
  };
  return draftOf(skill, { ...about, decision: "allow", ...changed }, skill.options.random(32));
}
