// The policy for what CES itself starts: the pack of the manifest's tier, and what only the sealed manifest knows.
import type { CscPolicy } from "@ces/contract";
import type { Crypto } from "@ces/kernel";
import { packPolicy } from "./pack-policy.ts";

/** Risk tier of a manifest; A is the highest. */
export type Tier = "A" | "B" | "C";

/** What a manifest seals about its programs. Its signature covers every word. */
export type SealedGrants = {
  /** Words of the sealed checks: programs, and those that they start (`timeout 60 npm test`). */
  readonly words: readonly string[];
  /** Folders of the sealed toolchain, absolute. */
  readonly folders: readonly string[];
};

/**
 * The policy of one manifest. Networks, secrets, effects, risk, directories and write prefixes are the pack's and are widened by nothing.
 * Throws what `packPolicy` throws.
 */
export function tierPolicy(tier: Tier, { words, folders }: SealedGrants, crypto: Pick<Crypto, "sha256">): CscPolicy {
  const pack = packPolicy(packOf[tier], crypto);
  const programs = words.filter((word) => word !== "");
  return {
    ...pack,
    allow_commands: joined(pack.allow_commands, programs),
    allowed_inline_code: joined(pack.allowed_inline_code ?? [], programs),
    allowed_read_prefixes: joined(pack.allowed_read_prefixes, folders),
  };
}

const packOf = { A: "tier-a", B: "tier-b", C: "tier-c" } as const;

const joined = (first: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...first, ...more]),
];
