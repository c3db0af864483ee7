// From a file name to a document that passed its door, or to an error that says every reason.
import {
  type ApprovalArtifact,
  type CommandContract,
  type CscPolicy,
  limits,
  type Problem,
  type Read,
  readApproval,
  readContract,
  readPolicy,
} from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { readDocument } from "./read-document.ts";

/** A document with its hash. */
export type Loaded<Of> = { readonly value: Of; readonly sha256: string };

/** Throws CesError `CSC_FILE`, `CSC_CONTRACT_REFUSED`. */
export function loadContract(path: string): Loaded<CommandContract> {
  const read = readContract(readDocument(path, "contract", limits.contract_bytes), nodeCrypto);
  if (read.kind === "read") return read;
  throw new CesError("CSC_CONTRACT_REFUSED", `the contract is refused: ${sentenceOf(read.problems)}`, {
    remedy: "ces contract schema contract",
  });
}

/** Throws CesError `CSC_FILE`, `CSC_POLICY_REFUSED`. */
export function loadPolicy(path: string): Loaded<CscPolicy> {
  const read = readPolicy(readDocument(path, "policy", limits.policy_bytes), nodeCrypto);
  if (read.kind === "read") return read;
  throw new CesError("CSC_POLICY_REFUSED", `the policy is refused: ${sentenceOf(read.problems)}`, {
    remedy: "ces contract schema policy",
  });
}

/** Throws CesError `CSC_FILE`, `CSC_APPROVAL_REFUSED`. */
export function loadApproval(path: string): Loaded<ApprovalArtifact> {
  const read: Read<ApprovalArtifact> = readApproval(readDocument(path, "approval", limits.approval_bytes), nodeCrypto);
  if (read.kind === "read") return read;
  throw new CesError("CSC_APPROVAL_REFUSED", `the approval is refused: ${sentenceOf(read.problems)}`, {
    remedy: "ces contract schema approval",
  });
}

const SHOWN = 5;

/** The first problems in one line, and how many more there are. */
export function sentenceOf(problems: readonly Problem[]): string {
  const more = problems.length - SHOWN;
  return (
    problems
      .slice(0, SHOWN)
      .map(({ text }) => text)
      .join("; ") + (more > 0 ? `; and ${more} more` : "")
  );
}
