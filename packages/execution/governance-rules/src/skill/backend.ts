// Whose walls stand around a decision, as configured and as seen. A signature over a claim proves only that it was claimed, so a claim that
// nothing confirms is refused where it matters. Source: spec/acta.md §2.4, §3.4, §7.7.

import { CesError } from "@ces/kernel";
import type { SandboxMembers, SandboxObservation } from "@ces/receipts";

/** The backends of the skill. `sb_runtime_builtin` is the house's own box. */
export type SkillBackend = "sb_runtime_builtin" | "nono" | "openshell" | "none";
/** All of them. */
export const SKILL_BACKENDS: readonly SkillBackend[] = ["sb_runtime_builtin", "nono", "openshell", "none"];

/** The ring that a backend may claim: 3 where this layer enforces through the kernel, 2 where another does; none without a sandbox. */
export const RING_OF: Readonly<Record<SkillBackend, 2 | 3 | null>> = {
  sb_runtime_builtin: 3,
  nono: 2,
  openshell: 2,
  none: null,
};

/** What an operator configured, and what was seen. */
export type SandboxClaim = {
  readonly backend: SkillBackend;
  /** Null takes the backend's own. */
  readonly ring: number | null;
  /** Claims that nothing confirms are refused. */
  readonly production: boolean;
  /** Who runs without a sandbox, and why; recorded. */
  readonly no_sandbox: { readonly by: string; readonly why: string } | null;
  readonly observed: readonly SandboxObservation[];
  /** `sha256:` of the configuration handed to the backend. */
  readonly policy_digest: string | null;
};

/** A claim that may be recorded. */
export type SandboxSetting = {
  readonly backend: SkillBackend;
  readonly ring: 2 | 3 | null;
  readonly members: SandboxMembers;
  readonly warnings: readonly SandboxWarning[];
};

/** What a person is told, each time. */
export type SandboxWarning = { readonly code: "sandbox_disabled" | "sandbox_unobserved"; readonly text: string };

/** The setting of a claim. Throws CesError `SANDBOX_REFUSED` for no sandbox without consent or in production, a ring that is not the backend's, or in production a claim that nothing confirms. */
export function sandboxSetting(claim: SandboxClaim): SandboxSetting {
  const ring = RING_OF[claim.backend];
  if (claim.ring !== null && claim.ring !== ring)
    throw refused(`\`${claim.backend}\` is ring ${ring ?? "none"}, not ${claim.ring}`, "leave the ring out");
  return claim.backend === "none" ? withoutSandbox(claim) : withSandbox(claim, ring);
}

function withoutSandbox({ production, no_sandbox, observed }: SandboxClaim): SandboxSetting {
  if (production) throw refused("`none` is refused in production", "name the backend that holds the agent");
  if (no_sandbox === null || no_sandbox.by.trim() === "" || no_sandbox.why.trim() === "")
    throw refused("`none` needs someone who says so, and why", "--i-understand-no-sandbox 'your name: your reason'");
  const text = `no sandbox: nothing but this policy stands between the agent and the machine (${no_sandbox.by}: ${no_sandbox.why})`;
  return {
    backend: "none",
    ring: null,
    members: { sandbox_backend: "none", sandbox_state: "disabled", sandbox_observed: observed },
    warnings: [{ code: "sandbox_disabled", text }],
  };
}

function withSandbox(
  { backend, production, observed, policy_digest }: SandboxClaim,
  ring: 2 | 3 | null,
): SandboxSetting {
  const confirmed = confirms(backend, observed);
  if (production && !confirmed)
    throw refused(`nothing confirms the sandbox \`${backend}\``, "run inside it, or leave production mode");
  const text = `the sandbox \`${backend}\` was configured and not seen`;
  return {
    backend,
    ring,
    members: {
      sandbox_backend: backend,
      ...(ring === null ? {} : { ring }),
      sandbox_state: confirmed ? "enabled" : "unavailable",
      ...(policy_digest === null ? {} : { sandbox_policy_digest: policy_digest }),
      sandbox_observed: observed,
    },
    warnings: confirmed ? [] : [{ code: "sandbox_unobserved", text }],
  };
}

// SECURITY: facts of the environment confirm nothing, the governed process can write them. Kernel facts confirm our own box; a backend of
// someone else is confirmed by its driver, which started it, and by the kernel.
function confirms(backend: SkillBackend, observed: readonly SandboxObservation[]): boolean {
  const kernel = observed.some(
    ({ source, facts }) => source === "kernel" && facts.seccomp === 2 && facts.no_new_privs === true,
  );
  if (backend === "sb_runtime_builtin") return kernel;
  const driver = observed.some(
    ({ source, facts }) => source === "driver" && facts.driver === backend && facts.driver_version !== undefined,
  );
  const landlock = observed.some(
    ({ source, facts }) => source === "kernel" && (facts.landlock === true || facts.canary_denied === true),
  );
  return driver && (kernel || landlock);
}

function refused(why: string, remedy: string): CesError {
  return new CesError("SANDBOX_REFUSED", why, { remedy });
}
