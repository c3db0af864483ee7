// A new ledger key is introduced by an entry made under the old key and signed by the project's key; nothing else makes
// one acceptable (S34).
import { decodeBase64, parseJson, utf8Encode, type Crypto } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import { LedgerEntry, type Actor, type LedgerDraft } from "@ces/records";
import { ROTATION_DOMAIN } from "./domains.ts";

const NOTE = "ledger_key_rotation";

/** What a rotation binds together. */
export type Rotation = {
  readonly project_id: string;
  readonly old_fingerprint: string;
  readonly new_fingerprint: string;
};

/** The draft of a rotation; commit it and every later entry is made under the new key. */
export function rotationDraft(rotation: Rotation, signer: Signer, actor: Actor): LedgerDraft {
  const { key_id, signature } = signer.sign(rotationMessage(rotation));
  const { old_fingerprint, new_fingerprint } = rotation;
  return {
    event_type: "delegation",
    actor,
    delivery_id: null,
    summary: `ledger key ${old_fingerprint} hands over to ${new_fingerprint}`,
    decision: null,
    rationale: null,
    previous_state: old_fingerprint,
    new_state: new_fingerprint,
    refs: [],
    data: { note: NOTE, old_fingerprint, new_fingerprint, key_id, signature },
  };
}

/** The fingerprint a draft introduces; undefined for every other draft. */
export function rotatesTo(draft: Pick<LedgerDraft, "event_type" | "data">): string | undefined {
  if (draft.event_type !== "delegation" || draft.data["note"] !== NOTE) return undefined;
  const next = draft.data["new_fingerprint"];
  return typeof next === "string" ? next : undefined;
}

/** Who may rotate: the project's public keys, and the project itself. */
export type RotationJudge = { readonly crypto: Crypto; readonly ring: KeyRing; readonly project_id: string };

/** What an entry does to the key epoch. `forged`: it says it rotates, but is not signed by the project's key. */
export type EpochStep =
  | { readonly kind: "same" }
  | { readonly kind: "next"; readonly fingerprint: string }
  | { readonly kind: "forged" };

/** Judges an entry whose chain value was already checked under `epoch`. */
export function epochAfter(judge: RotationJudge, epoch: string, bytes: string): EpochStep {
  // INVARIANT: canonical text escapes quotes inside strings, so the member cannot be missed; a false hit only costs a parse.
  if (!bytes.includes('"event_type":"delegation"')) return { kind: "same" };
  const read = parseJson(bytes);
  const entry = LedgerEntry.safeParse(read.kind === "parsed" ? read.value : null);
  if (!entry.success) return { kind: "forged" };
  const next = rotatesTo(entry.data);
  if (next === undefined) return { kind: "same" };
  const rotation = { project_id: judge.project_id, old_fingerprint: epoch, new_fingerprint: next };
  return isSigned(judge, rotation, entry.data.data) ? { kind: "next", fingerprint: next } : { kind: "forged" };
}

function isSigned(judge: RotationJudge, rotation: Rotation, data: LedgerDraft["data"]): boolean {
  const { key_id, signature } = data;
  if (typeof key_id !== "string" || typeof signature !== "string") return false;
  const publicKey = judge.ring.publicKey(key_id);
  const bytes = decodeBase64(signature);
  return (
    publicKey !== undefined &&
    bytes !== undefined &&
    judge.crypto.ed25519Verify(publicKey, rotationMessage(rotation), bytes)
  );
}

function rotationMessage(rotation: Rotation): Uint8Array {
  return utf8Encode(
    [ROTATION_DOMAIN, rotation.project_id, rotation.old_fingerprint, rotation.new_fingerprint].join("\0"),
  );
}
