// What can be seen of the walls around this very process: the kernel's word, and apart from it the environment's, which whoever started us
// wrote. Source: spec/acta.md §3.4.
import { readFileSync } from "node:fs";
import type { SandboxObservation } from "@ces/receipts";
import { kernelFacts } from "./kernel-facts.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Observations about this process; at most one of each source. */
export function observeProcess(env: Environment, status: string = ownStatus()): readonly SandboxObservation[] {
  const facts = kernelFacts(status);
  const kernel: readonly SandboxObservation[] = facts === null ? [] : [{ source: "kernel", facts }];
  return [...kernel, ...environmentView(env)];
}

// SECURITY: forgeable by the governed process; recorded as what it is and never a confirmation.
function environmentView(env: Environment): readonly SandboxObservation[] {
  const [cap, nono] = [env["NONO_CAP_FILE"], env["NONO_SESSION_ID"]];
  const [shell, id] = [env["OPENSHELL_SANDBOX"], env["OPENSHELL_SANDBOX_ID"]];
  if (cap !== undefined || nono !== undefined) return [environment("nono", nono)];
  return shell !== undefined || id !== undefined ? [environment("openshell", id)] : [];
}

function environment(driver: string, session: string | undefined): SandboxObservation {
  const driver_session = session?.replaceAll(/[^\w.:-]/g, "_").slice(0, 128);
  return { source: "env", facts: { driver, ...(driver_session ? { driver_session } : {}) } };
}

function ownStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
