// Which machine a proof is about: what holds the walls and what stands in them. A new kernel, bubblewrap, CES or client needs a new proof.
import { type Crypto, hashJson } from "@ces/kernel";
import type { ProvedMachine } from "@ces/records";
import { plainJson } from "../plain-json.ts";

/** The hash that a proof is looked up by, over the record's own members. Hex. */
export const fingerprintOf = (machine: ProvedMachine, crypto: Pick<Crypto, "sha256">): string =>
  hashJson(crypto, "ces.machine/v1", plainJson(machine));
