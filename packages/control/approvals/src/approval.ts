// An approval signs exactly what was looked at; any moved part voids it (S22).
import { type Crypto, type Json, decodeBase64, hashJson, utf8Encode } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import { type Approval, SealedApproval } from "@ces/records";
import { proofHolds } from "./consent-message.ts";

const DOMAIN = "ces.approval/v1";

/** What is true now about the delivery that an approval speaks of. */
export type ApprovedFacts = Pick<
  Approval,
  | "delivery_id"
  | "manifest_hash"
  | "policy_hash"
  | "base_commit"
  | "candidate_tree"
  | "evidence_id"
  | "evidence_hash"
  | "checks_hash"
  | "reviews_hash"
  | "target_ref"
>;

export type ApprovalCheck =
  | { readonly kind: "verified"; readonly approval: Approval }
  | {
      readonly kind: "refused";
      readonly code:
        | "APPROVAL_MALFORMED"
        | "APPROVAL_SIGNATURE"
        | "APPROVAL_PROOF"
        | "APPROVAL_NEGATIVE"
        | "APPROVAL_EXPIRED"
        | "STALE_APPROVAL";
      readonly text: string;
    };

/** Seals an approval with the project's key. */
export function sealApproval(approval: Approval, signer: Signer, crypto: Crypto): SealedApproval {
  const content_hash = hashJson(crypto, DOMAIN, approval satisfies Json);
  const { signature, key_id } = signer.sign(signedBytes(content_hash));
  return { approval, content_hash, signature, key_id };
}

/** What verification needs besides the facts; `now` is an instant. */
export interface VerifyWith {
  readonly keys: KeyRing;
  readonly crypto: Crypto;
  readonly now: string;
  /** Public key of an enrolled name, standard base64. */
  identity(name: string): string | undefined;
}

/** Believes an approval only if it is signed by this project, says yes, has not expired and names everything as it stands now. */
export function verifyApproval(
  stored: unknown,
  facts: ApprovedFacts,
  { keys, crypto, now, identity }: VerifyWith,
): ApprovalCheck {
  const parsed = SealedApproval.safeParse(stored);
  if (!parsed.success) return refused("APPROVAL_MALFORMED", "the stored approval does not have the shape of one");
  const { approval } = parsed.data;
  if (!sealHolds(parsed.data, keys, crypto))
    return refused("APPROVAL_SIGNATURE", "the approval is not signed by this project");
  if (!proofHolds(approval, identity(approval.actor.id), crypto))
    return refused("APPROVAL_PROOF", `the approval is not proved by the key of \`${approval.actor.id}\``);
  if (approval.decision !== "approve") return refused("APPROVAL_NEGATIVE", "the decision was to reject");
  if (now > approval.expires_at) return refused("APPROVAL_EXPIRED", `the approval expired at ${approval.expires_at}`);
  const moved = movedParts(approval, facts);
  if (moved.length > 0) return refused("STALE_APPROVAL", `what was approved has moved: ${moved.join(", ")}`);
  return { kind: "verified", approval };
}

/** Names of the parts that differ between an approval and the facts of now. */
export function movedParts(approval: Approval, facts: ApprovedFacts): readonly string[] {
  // The keys of `facts` are exactly the bound members of an approval, by its type.
  const names = Object.keys(facts) as (keyof ApprovedFacts)[];
  return names.filter((name) => approval[name] !== facts[name]).toSorted();
}

function sealHolds(sealed: SealedApproval, keys: KeyRing, crypto: Crypto): boolean {
  const key = keys.publicKey(sealed.key_id);
  const signature = decodeBase64(sealed.signature);
  if (key === undefined || signature === undefined) return false;
  return (
    hashJson(crypto, DOMAIN, sealed.approval satisfies Json) === sealed.content_hash &&
    crypto.ed25519Verify(key, signedBytes(sealed.content_hash), signature)
  );
}

const signedBytes = (contentHash: string): Uint8Array => utf8Encode(`${DOMAIN}\n${contentHash}`);
const refused = (code: Exclude<ApprovalCheck, { kind: "verified" }>["code"], text: string): ApprovalCheck => ({
  kind: "refused",
  code,
  text,
});
