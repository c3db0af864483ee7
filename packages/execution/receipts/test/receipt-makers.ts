// Receipts and chains for the tests of this room: fixed keys, fixed times, real signatures.
import { nodeCrypto } from "@ces/crypto-node";
import type { JsonObject } from "@ces/kernel";
import {
  type ChainHead,
  DECISION_TYPE,
  type DecisionDraft,
  EMPTY_CHAIN,
  readJwks,
  type ReceiptDraft,
  seedSigner,
  signReceipt,
  type Signed,
} from "@ces/receipts";
import { canonicalize, encodeBase64Url, encodeHex, utf8Encode } from "@ces/kernel";

export const signer = seedSigner(new Uint8Array(32).fill(3), nodeCrypto);
export const otherSigner = seedSigner(new Uint8Array(32).fill(4), nodeCrypto);
export const jwk = (key: Uint8Array, kid: string, more: object = {}) => ({
  kty: "OKP",
  crv: "Ed25519",
  kid,
  x: encodeBase64Url(key),
  ...more,
});
export const anchors = { jwks: readJwks({ keys: [jwk(signer.public_key, signer.kid)] })! };
export const options = { crypto: nodeCrypto, anchors };

export const decision: DecisionDraft = {
  type: DECISION_TYPE,
  tool_name: "shell:git",
  decision: "allow",
  reason: "POLICY_ALLOW",
  agent_id: "did:mesh:tester",
  observed_by: "client",
  policy_id: "allow-safe-shell",
  policy_engine: "ces-rules",
  policy_digest: `sha256:${"a".repeat(64)}`,
  sandbox_backend: "ces_walls",
  ring: 3,
  sandbox_state: "enabled",
  sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, no_new_privs: true } }],
};

export const at = (second: number): string => new Date(Date.UTC(2026, 6, 15, 12, 0, second)).toISOString();

/** The next receipt, or a failed test. */
export function next(draft: ReceiptDraft, head: ChainHead, issued_at = at(head.count), by = signer) {
  const signed = signReceipt(draft, { signer: by, head, issued_at, crypto: nodeCrypto });
  if (signed.kind === "refused") throw new Error(JSON.stringify(signed.causes));
  return signed;
}

/** Texts of a chain of `count` decisions, and its head. */
export function chainOf(count: number): { readonly texts: readonly string[]; readonly head: ChainHead } {
  const texts: string[] = [];
  let head = EMPTY_CHAIN;
  for (let i = 0; i < count; i += 1) {
    const signed = next({ ...decision, iteration_id: `i${i}` }, head);
    texts.push(signed.text);
    head = signed.head;
  }
  return { texts, head };
}

/** A payload of anybody's, signed as an envelope without being judged. */
export function signedBy(payload: JsonObject, by = signer, kid = by.kid): string {
  const sig = encodeHex(by.sign(utf8Encode(canonicalize(payload, "rfc8785"))));
  return JSON.stringify({ payload, signature: { alg: "EdDSA", kid, sig } });
}

/** A foreign decision as others write them. */
export const foreign = (more: JsonObject = {}): JsonObject => ({
  type: "protectmcp:decision",
  tool_name: "read_file",
  decision: "allow",
  issued_at: at(0),
  issuer_id: signer.kid,
  ...more,
});

export const codes = (findings: readonly { readonly code: string }[]): readonly string[] =>
  findings.map(({ code }) => code);

/** Causes of a refusal, empty for a receipt. */
export const refusalCodes = (signed: Signed): readonly string[] =>
  signed.kind === "refused" ? codes(signed.causes) : [];
