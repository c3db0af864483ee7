// Whether the host has enough left to keep recording (S29): the gate denies before the ledger fails.
import { readdirSync, statfsSync } from "node:fs";

const LEDGER_FLOOR_BYTES = 64 * 1024 * 1024;
const MOST_DESCRIPTORS = 800;

/** True when the disk of the ledger or this process's descriptors run short. Fails closed: what cannot be read counts as low. */
export function reservesLow(stateDir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(stateDir);
    return bavail * bsize < LEDGER_FLOOR_BYTES || readdirSync("/proc/self/fd").length > MOST_DESCRIPTORS;
  } catch {
    return true;
  }
}
