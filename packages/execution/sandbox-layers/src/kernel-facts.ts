// What the kernel says of a process, as the facts of a receipt.
import type { SandboxObservation } from "@ces/receipts";

/** The facts of a `/proc/PID/status`; null for what is none. */
export function kernelFacts(status: string): SandboxObservation["facts"] | null {
  const digit = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s*(\\d)$`, "m").exec(status)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [seccomp, privileges] = [digit("Seccomp"), digit("NoNewPrivs")];
  const cap_eff = /^CapEff:\s*([0-9a-f]{16})$/m.exec(status)?.[1];
  if (seccomp === undefined || privileges === undefined || cap_eff === undefined) return null;
  return { seccomp, no_new_privs: privileges === 1, cap_eff };
}
