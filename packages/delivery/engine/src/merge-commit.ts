// The commit of a delivery: one parent, the approved tree, trailers that lead back to the record.
import type { DeliverySnapshot, Manifest, MergeCandidate } from "@ces/records";
import { CesError } from "@ces/kernel";
import type { EngineContext } from "./context.ts";
import { recallApproval } from "./recall.ts";

/** Author and committer of every merge. The people behind it stand in the trailers and in the ledger. */
const CES_IDENTITY = { name: "CES", email: "ces@localhost" } as const;

/**
 * Writes the commit and returns its id. INVARIANT: it depends only on what was approved (the time is the approval's),
 * so that a repeated merge after a crash is the same object. Throws EVIDENCE_MISSING without an approval.
 */
export async function mergeCommit(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  candidate: MergeCandidate,
): Promise<string> {
  const sealed = recallApproval(ctx.store, snapshot.delivery_id);
  if (sealed === undefined) throw new CesError("EVIDENCE_MISSING", "there is no approval", { remedy: "ces approve" });
  const { approval } = sealed;
  const trailers = [
    `CES-Manifest: ${manifest.manifest_id}@${manifest.version} ${approval.manifest_hash}`,
    `CES-Evidence: ${approval.evidence_id} ${approval.evidence_hash}`,
    `CES-Approved-By: ${approval.actor.id} (${approval.gate_supplied}, ${approval.approval_id})`,
  ];
  return ctx.git.writeCommit({
    tree: candidate.tree,
    parents: [candidate.base_commit],
    message: `${subject(manifest.brief.request)}\n\n${trailers.join("\n")}\n`,
    author: CES_IDENTITY,
    committer: CES_IDENTITY,
    at: approval.decided_at,
  });
}

/** First line of the request, no control characters, 72 characters at most. */
function subject(request: string): string {
  const line = (request.split("\n")[0] ?? "").replaceAll(/[\u0000-\u001f\u007f]/g, " ").trim();
  return line.length > 72 ? `${line.slice(0, 69)}...` : line || "change";
}
