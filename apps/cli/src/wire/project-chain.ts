// The project's chain of receipts, over its store and its receipt keys.
import { nodeCrypto } from "@ces/crypto-node";
import { openProjectChain, type ProjectChain } from "@ces/engine";
import { decodeBase64, encodeBase64Url } from "@ces/kernel";
import type { Signer } from "@ces/ports";
import { type Anchors, issuerKidOf, readJwks, type ReceiptSigner } from "@ces/receipts";
import type { Project } from "./open-project.ts";

/** Opens it. */
export const projectChain = ({ store, keys }: Pick<Project, "store" | "keys">): ProjectChain =>
  openProjectChain({
    store,
    signers: keys.receipts.epochs.map(receiptSigner),
    anchors: projectAnchors(keys),
    crypto: nodeCrypto,
  });

/** Every key that ever signed receipts of this project. */
export function projectAnchors({ receipts }: Pick<Project["keys"], "receipts">): Anchors {
  const keys = receipts.epochs.map(({ public_key }) => ({
    kty: "OKP",
    crv: "Ed25519",
    use: "sig",
    alg: "EdDSA",
    kid: issuerKidOf(public_key),
    x: encodeBase64Url(public_key),
  }));
  const jwks = readJwks({ keys });
  return jwks === undefined ? {} : { jwks };
}

/** A key of the project as the receipts package signs with it. */
export const receiptSigner = (signer: Signer): ReceiptSigner => ({
  kid: issuerKidOf(signer.public_key),
  public_key: signer.public_key,
  sign: (message) => decodeBase64(signer.sign(message).signature) ?? new Uint8Array(),
  place: "process",
});
