// Whoever starts a program of this machine to find something out asks the policy pack `probe` first.
import { nodeCrypto } from "@ces/crypto-node";
import { type AllowProbe, probeContract } from "@ces/contract-packs";
import { nodeClock } from "./node-clock.ts";

/** Asks the pack, with these programs added: absolute paths that `resolveTool` judged. */
export const allowProbe =
  (...found: readonly string[]): AllowProbe =>
  (start) =>
    probeContract(start, { crypto: nodeCrypto, now: nodeClock.epochMs, found });
