// The door for approvals. Source: spec/csc.md §1.5.

import type { ApprovalArtifact } from "../approval-artifact.ts";
import { approvalSha256, type Hasher } from "../digests.ts";
import { limits } from "../limits.ts";
import type { Read } from "../problem.ts";
import { signedApprovalSchema } from "../schema/house-schemas.ts";
import { readJson, schemaProblems } from "./read-json.ts";

/** Reads an approval from the bytes of its JSON file. Whether it holds is `verifyApproval`'s. Never throws. */
export function readApproval(bytes: Uint8Array, crypto: Hasher): Read<ApprovalArtifact> {
  const parsed = readJson(bytes, "approval", limits.approval_bytes);
  if (parsed.kind === "refused") return parsed;
  const problems = schemaProblems(signedApprovalSchema, parsed.value, "approval");
  if (problems.length > 0) return { kind: "refused", problems };
  // The schema is the type; a test holds the two together.
  const value = parsed.value as unknown as ApprovalArtifact;
  return { kind: "read", value, sha256: approvalSha256(value, crypto) };
}
