// Where the configured sandbox and what was seen of it cannot both be true. Such a claim is not signed. Source: spec/acta.md §3.4, §7.7.

import type { SandboxMembers, SandboxObservation } from "../written/sandbox-truth.ts";

/** Sentences about members that contradict each other; empty when they may all be true. */
export function sandboxContradictions(claim: SandboxMembers): readonly string[] {
  const { sandbox_backend: backend, ring, sandbox_state: state } = claim;
  const found: string[] = [];
  if (backend === "none" && ring !== undefined) found.push("a ring without a sandbox");
  if (backend === "none" && state === "enabled") found.push("an enabled sandbox whose backend is `none`");
  if ((backend === "nono" || backend === "openshell") && ring === 3)
    found.push(`ring 3 is enforcement by this layer, and \`${backend}\` owns its own`);
  if (ring === 3 && state === "enabled" && !claim.sandbox_observed.some(confirmsKernel))
    found.push("ring 3 without a fact of the kernel that confirms it");
  return found;
}

// A filter that is loaded, or a canary that was refused; the environment's word counts for nothing.
function confirmsKernel({ source, facts }: SandboxObservation): boolean {
  return source === "kernel" && (facts.seccomp === 2 || facts.landlock === true || facts.canary_denied === true);
}
