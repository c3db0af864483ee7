// A proof becomes a fact of the project: a row, a ledger entry that commits to it, and the seam where it becomes a signed receipt.
import { CesError, type Crypto, hashJson } from "@ces/kernel";
import type { Store, StoreRow } from "@ces/ports";
import type { LedgerDraft, Proof } from "@ces/records";
import { entry } from "../journal.ts";
import { plainJson } from "../plain-json.ts";

/** What one commit of a proof holds. */
export interface ProofCommit {
  readonly rows: readonly StoreRow[];
  readonly entries: readonly LedgerDraft[];
}

/**
 * SEAM: the signed receipt of a proof. Whoever keeps the project's receipt chain gives rows and entries that are committed with the proof, in
 * the same transaction; without one the proof stands in the ledger only.
 */
export type ReceiptOfProof = (proof: Proof, run_digest: string) => ProofCommit;

/** Hash of the whole record: what a receipt and the ledger join by. Hex. */
export const proofDigest = (proof: Proof, crypto: Pick<Crypto, "sha256">): string =>
  hashJson(crypto, "ces.proof/v1", plainJson(proof));

/** Commits it; gives its digest. Throws STEP_REFUSED. */
export function recordProof(
  { store, crypto }: { readonly store: Store; readonly crypto: Pick<Crypto, "sha256"> },
  proof: Proof,
  receipt: ReceiptOfProof = () => ({ rows: [], entries: [] }),
): string {
  const digest = proofDigest(proof, crypto);
  const signed = receipt(proof, digest);
  const result = store.commit({
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [proofEntry(proof, digest), ...signed.entries],
    effects: [],
    effects_done: [],
    rows: [{ kind: "proof", id: proof.proof_id, delivery_id: null, body: plainJson(proof) }, ...signed.rows],
  });
  if (result.kind === "committed") return digest;
  throw new CesError("STEP_REFUSED", `the proof was not recorded: ${result.detail} (\`${result.code}\`)`, {
    remedy: "ces audit verify",
  });
}

function proofEntry(proof: Proof, digest: string): LedgerDraft {
  const red = proof.canaries.filter(({ held }) => !held);
  const runtimes = proof.runtimes.map(({ runtime, version }) => `${runtime} ${version}`).join(", ");
  return entry("proof", null, `walls proved through ${runtimes}: ${proof.held ? "all held" : `${red.length} did not hold`}`, {
    decision: proof.held ? "held" : "red",
    rationale: red.length === 0 ? null : red.map(({ id, runtime, observed }) => `${id} (${runtime}): ${observed}`).join("; "),
    refs: [proof.proof_id],
    data: {
      fingerprint: proof.fingerprint,
      run_digest: digest,
      canaries: proof.canaries.length,
      held: proof.canaries.length - red.length,
      not_tried: proof.not_tried.length,
    },
  });
}
