// The policy in force, as one hashed value that manifests and approvals name, so that a change of it voids them.
import { type Crypto, hashJson } from "@ces/kernel";
import { type RiskTier } from "@ces/records";

/** Rules that are not in a manifest: which gates, which protected paths, which version of the rules. */
export interface Policy {
  readonly schema: "ces.policy/v1";
  /** Version of the built-in rules; raised whenever a rule changes its meaning. */
  readonly rules: number;
  readonly protected_paths: readonly string[];
  readonly minimum_gate: Readonly<Record<RiskTier, string>>;
}

/** The built-in policy over the given protected paths (sorted, so that order never changes the hash). */
export function builtInPolicy(protectedPaths: readonly string[]): Policy {
  return {
    schema: "ces.policy/v1",
    rules: 1,
    protected_paths: protectedPaths.toSorted(),
    minimum_gate: { A: "human", B: "hybrid", C: "agent" },
  };
}

/** Hash of a policy behind its own domain. */
export function policyHash(policy: Policy, crypto: Crypto): string {
  return hashJson(crypto, "ces.policy/v1", { ...policy });
}
