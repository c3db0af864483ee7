// The house's own walls around one box, as the kernel sees its waiting first process: what a receipt may say of them. Source: spec/acta.md §3.4.
import { readFileSync } from "node:fs";
import { CesError } from "@ces/kernel";
import type { SandboxMembers } from "@ces/receipts";
import type { Box } from "@ces/sandbox";
import { kernelFacts } from "./kernel-facts.ts";

const NO_CAPABILITY = "0".repeat(16);

/** The walls of a box that waits. A box that has ended already is `unavailable`. Throws CesError BOX_UNCONFIRMED when the kernel contradicts the walls. */
export function observeBox({ init }: Pick<Box, "init">, status: string = statusOf(init.pid)): SandboxMembers {
  const facts = kernelFacts(status);
  if (facts === null) return { sandbox_backend: "ces_walls", sandbox_state: "unavailable", sandbox_observed: [] };
  const weak = [
    ...(facts.seccomp === 2 ? [] : ["the system call filter"]),
    ...(facts.no_new_privs === true ? [] : ["no new privileges"]),
    ...(facts.cap_eff === NO_CAPABILITY ? [] : ["no capability"]),
  ];
  if (weak.length > 0)
    throw new CesError("BOX_UNCONFIRMED", `the kernel does not confirm these walls of a box: ${weak.join(", ")}`, {
      remedy: "ces doctor",
    });
  return {
    sandbox_backend: "ces_walls",
    ring: 3,
    sandbox_state: "enabled",
    sandbox_observed: [{ source: "kernel", facts }],
  };
}

/** The same with the limits of the box, as they were read back inside it. */
export function withLimits(seen: SandboxMembers, limits: Box["limits"]): SandboxMembers {
  if (seen.sandbox_state !== "enabled") return seen;
  const names = (bound: boolean): readonly string[] =>
    limits
      .filter((limit) => limit.bound === bound)
      .map(({ name }) => name)
      .toSorted();
  const driver = {
    source: "driver" as const,
    facts: { driver: "bubblewrap", held: names(true), not_held: names(false) },
  };
  return { ...seen, sandbox_observed: [driver, ...seen.sandbox_observed] };
}

// A process that is gone, or a zombie, says nothing of its walls.
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
