// Digests that stand in receipts in place of what they hide. A bare hash of a short command line can be guessed; a salted one cannot.
// Source: spec/acta.md §1.3, §7.1.

import { canonicalize, type Crypto, encodeHex, type JsonObject, utf8Encode } from "@ces/kernel";
import { sha256Link } from "../verify/signing-input.ts";

type Hash = Pick<Crypto, "sha256">;

const SALTED = "ces.receipt-digest/v1\0";
const LEAST_SALT_BYTES = 16;

/**
 * `sha256:` over domain ‖ salt ‖ bytes; the salt is kept where the bytes are. Undefined for a salt below 16 bytes.
 * INVARIANT: the salt's length stands before it, so that no other salt and bytes give the same input.
 */
export function saltedDigest(crypto: Hash, salt: Uint8Array, bytes: Uint8Array): string | undefined {
  if (salt.length < LEAST_SALT_BYTES || salt.length > 255) return undefined;
  const head = utf8Encode(SALTED);
  const input = new Uint8Array(head.length + 1 + salt.length + bytes.length);
  input.set(head);
  input[head.length] = salt.length;
  input.set(salt, head.length + 1);
  input.set(bytes, head.length + 1 + salt.length);
  return sha256Link(crypto, input);
}

/** What an action is to everyone who writes about it. */
export type ActionNames = {
  readonly agent_id: string;
  readonly action_type: string;
  readonly scope_required: readonly string[];
  /** RFC 3339. */
  readonly timestamp: string;
};

/** Hex SHA-256 of JCS({agentId, actionType, scopeRequired sorted, timestamp}): the same for every vendor's receipt about the action. */
export function actionRef(crypto: Hash, { agent_id, action_type, scope_required, timestamp }: ActionNames): string {
  const named: JsonObject = {
    agentId: agent_id,
    actionType: action_type,
    scopeRequired: scope_required.toSorted(),
    timestamp,
  };
  return encodeHex(crypto.sha256(utf8Encode(canonicalize(named, "strict"))));
}

/** `sha256:` of the canonical text of a value: what a delegation or policy state is named by. */
export function stateDigest(crypto: Hash, state: JsonObject): string {
  return sha256Link(crypto, utf8Encode(canonicalize(state, "rfc8785")));
}
