// Whether the walls of this machine, as it is now, were proved through the clients, and what the last proof said.
import { nodeCrypto } from "@ces/crypto-node";
import { fingerprintOf } from "@ces/engine";
import type { Proof } from "@ces/records";
import { machineOf, type ProgramVersions } from "../wire/machine-facts.ts";
import type { Finding } from "./examine.ts";

const remedy = "ces doctor --prove";

/** No proof is no fault: it is mentioned. A red one stops every build. Starts nothing: versions were found by others. */
export function examineProof(proofs: readonly Proof[], versions: ProgramVersions): Finding {
  const fingerprint = fingerprintOf(machineOf(versions), nodeCrypto);
  const last = proofs.find((proof) => proof.fingerprint === fingerprint);
  const name = "proof";
  if (last === undefined) {
    const before = proofs.length === 0 ? "" : "; the last proof here is of other versions";
    return { name, ok: null, detail: `these walls were not proved through the clients${before}`, remedy };
  }
  const red = last.canaries.filter(({ held }) => !held).map(({ id, runtime }) => `${id} (${runtime})`);
  const through = last.runtimes.map(({ runtime }) => runtime).join(", ");
  const detail = `${last.canaries.length - red.length} of ${last.canaries.length} canaries held through ${through}, ${last.ended_at}`;
  return last.held
    ? { name, ok: true, detail, remedy: null }
    : { name, ok: false, detail: `${detail}; red: ${red.join(", ")}`, remedy };
}
