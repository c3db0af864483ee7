// What the last proof says about this machine as it is now, and that nothing is built where it is red.
import { CesError } from "@ces/kernel";
import type { Store } from "@ces/ports";
import { Proof } from "@ces/records";

/** The newest proof of this fingerprint; undefined when there is none. */
export const lastProof = (store: Pick<Store, "records">, fingerprint: string): Proof | undefined =>
  newestProofs(store).find((proof) => proof.fingerprint === fingerprint);

/** The newest proof of each machine that was proved, newest first. */
export function newestProofs(store: Pick<Store, "records">): readonly Proof[] {
  const all = store.records("proof").map(({ body }) => Proof.parse(body));
  return all
    .toReversed()
    .filter((one, at, list) => list.findIndex((other) => other.fingerprint === one.fingerprint) === at);
}

/** True when any machine was ever proved in this project: only then is a fingerprint worth finding out. */
export const wasProved = (store: Pick<Store, "newest">): boolean => store.newest("proof") !== undefined;

const MOST_NAMED = 5;

/** Throws PROOF_RED (exit 5) when the newest proof of this fingerprint is red. No proof is no refusal. */
export function refuseRedProof(store: Pick<Store, "records">, fingerprint: string): void {
  const proof = lastProof(store, fingerprint);
  if (proof === undefined || proof.held) return;
  const red = proof.canaries.filter(({ held }) => !held).map(({ id, runtime }) => `${id} (${runtime})`);
  const names = red.slice(0, MOST_NAMED).join(", ") + (red.length > MOST_NAMED ? ", …" : "");
  throw new CesError(
    "PROOF_RED",
    `the last proof of this machine's walls is red: ${names}; \`${proof.proof_id}\` of ${proof.ended_at}`,
    { remedy: "ces doctor --prove" },
  );
}
