// A contract under a policy, judged with all that this program knows.
import {
  type ApprovalArtifact,
  decide,
  type Decided,
  decisionDocument,
  type ExecutionMode,
  guardJudge,
} from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { nodeClock } from "../wire/node-clock.ts";
import { loadApproval, loadContract, loadPolicy } from "./load-documents.ts";

/** The files of one question; `mode` undefined asks what holds in either. */
export type JudgedFiles = {
  readonly contract: string;
  readonly policy: string;
  readonly approvals: readonly string[];
  readonly mode: ExecutionMode | undefined;
};

/** Judges a contract file. Nothing is run, nothing is consumed. Throws CesError `CSC_…` for a file that is refused. */
export function judgeContractFiles(files: JudgedFiles): Decided {
  const policy = loadPolicy(files.policy);
  const contract = loadContract(files.contract);
  const approvals: readonly ApprovalArtifact[] = files.approvals.map((path) => loadApproval(path).value);
  return decide(contract.value, policy.value, {
    now: nodeClock.epochMs(),
    crypto: nodeCrypto,
    judge: guardJudge,
    approvals,
    ...(files.mode === undefined ? {} : { mode: files.mode }),
  });
}

/** A decision as data: the published document, and what led to it. */
export function decidedData(decided: Decided) {
  return {
    decision: {
      ...decisionDocument(decided),
      classified_effects: decided.classified_effects.map((one) => ({ ...one })),
    },
    policy_sha256: decided.policy_sha256,
    findings: decided.findings.map(({ code, kind, text, command_id }) => ({
      code,
      kind,
      text,
      command_id: command_id ?? null,
    })),
    approved_by: decided.approvals_used.map(({ approver }) => approver.identity),
  };
}
