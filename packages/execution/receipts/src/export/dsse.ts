// The envelope that supply-chain verifiers read (DSSE 1.0): a typed payload and signatures over both, type included.

import { type Crypto, decodeBase64, encodeBase64, utf8Decode, utf8Encode, utf8Length } from "@ces/kernel";
import type { ReceiptSigner } from "../signing/receipt-signer.ts";

/** An envelope as JSON. */
export type DsseEnvelope = {
  /** Standard base64. */
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
};

/** `DSSEv1 LEN(type) type LEN(body) body`: what is signed. DSSE protocol, PAE. */
export function preAuthEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const head = utf8Encode(`DSSEv1 ${utf8Length(payloadType)} ${payloadType} ${body.length} `);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/** Signs a body under its type. Throws what the signer throws. */
export function dsseEnvelope(
  payloadType: string,
  body: Uint8Array,
  signer: Pick<ReceiptSigner, "kid" | "sign">,
): DsseEnvelope {
  const sig = encodeBase64(signer.sign(preAuthEncoding(payloadType, body)));
  return { payload: encodeBase64(body), payloadType, signatures: [{ keyid: signer.kid, sig }] };
}

/** The text of an envelope's payload when one of its signatures holds under `publicKey`; undefined otherwise. Never throws. */
export function openDsse(
  envelope: DsseEnvelope,
  publicKey: Uint8Array,
  crypto: Pick<Crypto, "ed25519Verify">,
): string | undefined {
  const body = decodeBase64(envelope.payload);
  if (body === undefined) return undefined;
  const message = preAuthEncoding(envelope.payloadType, body);
  const holds = envelope.signatures.some(({ sig }) => {
    const signature = decodeBase64(sig);
    return signature?.length === 64 && crypto.ed25519Verify(publicKey, message, signature);
  });
  return holds ? utf8Decode(body) : undefined;
}
