// The policy pack `probe`, as the app asks it, with the programs that these tests name.
import { type AllowProbe, probeContract } from "@ces/contract-packs";
import { nodeCrypto } from "@ces/crypto-node";

/** Asks the pack. */
export const allowFound: AllowProbe = (start) =>
  probeContract(start, { crypto: nodeCrypto, now: () => 0, found: ["/usr/bin/bwrap", "/bin/false", "/bin/echo"] });
