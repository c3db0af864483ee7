// The project's chain of receipts, over its store and its receipt keys.
import { nodeCrypto } from "@ces/crypto-node";
import { type ChainKeys, openProjectChain, type ProjectChain, type RecordedChain } from "@ces/engine";
import { decodeBase64 } from "@ces/kernel";
import type { ReceiptEpoch } from "@ces/keys";
import type { Signer } from "@ces/ports";
import { type Anchors, issuerKidOf, readJwks, type ReceiptSigner } from "@ces/receipts";
import { jwkOf } from "../receipts/jwk-of.ts";
import type { Project } from "./open-project.ts";

/** Opens it. */
export const projectChain = ({ store, keys }: Pick<Project, "store" | "keys">): ProjectChain =>
  openProjectChain({ store, keys: () => chainKeys(keys), crypto: nodeCrypto });

/** What verifying it needs. */
export const recordedChain = ({ store, keys }: Pick<Project, "store" | "keys">): RecordedChain => ({
  store,
  anchors: chainKeys(keys).anchors,
  ring: keys.ring,
  crypto: nodeCrypto,
});

/** A key of the project as the receipts package signs with it. */
export const projectSigner = (signer: Signer): ReceiptSigner => ({
  kid: issuerKidOf(signer.public_key),
  public_key: signer.public_key,
  sign: (message) => decodeBase64(signer.sign(message).signature) ?? new Uint8Array(),
  place: "process",
});

function chainKeys({ receipts }: Pick<Project["keys"], "receipts">): ChainKeys {
  const epochs = receipts.epochs();
  const signers = epochs.flatMap(({ signer }) => (signer === null ? [] : [projectSigner(signer)]));
  return { signers, anchors: anchorsOf(epochs) };
}

function anchorsOf(epochs: readonly ReceiptEpoch[]): Anchors {
  const jwks = readJwks({ keys: epochs.map(({ public_key }) => jwkOf(public_key)) });
  return jwks === undefined ? {} : { jwks };
}
