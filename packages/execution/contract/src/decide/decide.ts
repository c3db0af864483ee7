// The one question: may this contract run under this policy, now? Every rule is asked; deny beats approval; an approval answers a question
// and nothing else. Source: spec/csc.md §2.3, F-04, F-16.

import { verifyApprovals } from "../approvals/approvals-needed.ts";
import type { ApprovalArtifact } from "../approval-artifact.ts";
import type { CommandContract } from "../command-contract.ts";
import type { CscPolicy } from "../csc-policy.ts";
import { contractSha256, policySha256 } from "../digests.ts";
import type { ClassifiedEffect, Decided, DecisionWord, Finding, PolicyDecision } from "../policy-decision.ts";
import type { DecideOptions } from "../ports-of-decision.ts";
import type { ReasonCode } from "../reason-code.ts";
import { epochOf, rfc3339 } from "../rfc3339.ts";
import { denial, note } from "./finding.ts";
import { houseFindings } from "./house-findings.ts";
import { publishedFindings } from "./published-findings.ts";
import { seenCommands } from "./seen-command.ts";

const HOLDS_SEC = 300;

/**
 * Judges a contract. `reason_codes[0]` is what the reference would answer, except where it is wrong. Throws CesError `CSC_NOT_CANONICAL`
 * for a contract or policy that no door let in.
 */
export function decide(contract: CommandContract, policy: CscPolicy, options: DecideOptions): Decided {
  const seen = seenCommands(contract, policy);
  const found = [
    ...emergency(policy, options),
    ...publishedFindings(contract, policy, seen),
    ...houseFindings(contract, policy, seen, options),
  ];
  const contract_sha256 = contractSha256(contract, options.crypto);
  const policy_sha256 = policySha256(policy, options.crypto);
  const answer = withApprovals(contract, policy, options, { found, contract_sha256, policy_sha256 });
  const ordered = inOrder(answer.findings, answer.decision);
  return {
    contract_id: contract.contract_id,
    contract_sha256,
    decision: answer.decision,
    policy_profile: policy.name,
    policy_sha256,
    classified_effects: seen.flatMap(({ command, effects }) => effectsOf(command.id, effects)),
    reasons: ordered.length === 0 ? ["every rule holds"] : ordered.map(sentence),
    reason_codes: codesOf(ordered, answer.decision),
    expires_at: rfc3339(expiry(options, answer.used)),
    findings: ordered,
    approvals_used: answer.used,
  };
}

/** The published document of a decision: what its schema knows, nothing else. */
export function decisionDocument(decided: Decided): PolicyDecision {
  const { policy_sha256: _hash, findings: _findings, approvals_used: _used, ...document } = decided;
  return document;
}

function emergency(policy: CscPolicy, options: DecideOptions): readonly Finding[] {
  if (policy.emergency_deny_all === true) return [denial("EMERGENCY_DENY_ALL", "the policy denies everything")];
  return options.emergency === undefined ? [] : [denial("EMERGENCY_DENY_ALL", options.emergency)];
}

type Hashed = { readonly found: readonly Finding[]; readonly contract_sha256: string; readonly policy_sha256: string };
type Answer = {
  readonly decision: DecisionWord;
  readonly findings: readonly Finding[];
  readonly used: readonly ApprovalArtifact[];
};

function withApprovals(contract: CommandContract, policy: CscPolicy, options: DecideOptions, hashed: Hashed): Answer {
  const { found } = hashed;
  if (found.some(({ kind }) => kind === "deny")) return { decision: "deny", findings: found, used: [] };
  if (!found.some(({ kind }) => kind === "needs_approval")) return { decision: "allow", findings: found, used: [] };
  if (options.approvals === undefined || options.approvals.length === 0)
    return { decision: "needs_approval", findings: found, used: [] };
  const approvers = policy.approvers ?? options.approvers ?? [];
  const verdict = verifyApprovals(options.approvals, contract.approval_mode, {
    ...hashed,
    now: options.now,
    crypto: options.crypto,
    approvers,
    initiating_user: contract.actor.initiating_user,
    ...(options.alreadyUsed === undefined ? {} : { alreadyUsed: options.alreadyUsed }),
  });
  if (verdict.kind === "missing") {
    const notes = verdict.texts.map((text) => note("APPROVAL_INVALID", text));
    return { decision: "needs_approval", findings: [...found, ...notes], used: [] };
  }
  const names = verdict.used.map(({ approver }) => `\`${approver.identity}\``).join(" and ");
  const findings = found.map((one): Finding => (one.kind === "needs_approval" ? { ...one, kind: "note" } : one));
  return { decision: "allow", findings: [note("APPROVED", `approved by ${names}`), ...findings], used: verdict.used };
}

// What decides stands first; each group keeps the order of the rules.
function inOrder(findings: readonly Finding[], decision: DecisionWord): readonly Finding[] {
  return [
    ...findings.filter(({ kind }) => kind === decision),
    ...findings.filter(({ kind }) => kind !== decision && kind !== "note"),
    ...findings.filter(({ kind }) => kind === "note"),
  ];
}

function codesOf(findings: readonly Finding[], decision: DecisionWord): readonly ReasonCode[] {
  const first: readonly ReasonCode[] = decision === "allow" ? ["ALLOW"] : [];
  return [...new Set([...first, ...findings.map(({ code }) => code)])];
}

function sentence(finding: Finding): string {
  return finding.command_id === undefined ? finding.text : `${JSON.stringify(finding.command_id)}: ${finding.text}`;
}

function effectsOf(command_id: string, effects: readonly string[]): readonly ClassifiedEffect[] {
  return effects.map((effect_type) => ({ command_id, effect_type }));
}

function expiry(options: DecideOptions, used: readonly ApprovalArtifact[]): number {
  const ends = used.map(({ expires_at }) => epochOf(expires_at) ?? options.now);
  return Math.min(options.now + (options.holds_sec ?? HOLDS_SEC) * 1000, ...ends);
}
