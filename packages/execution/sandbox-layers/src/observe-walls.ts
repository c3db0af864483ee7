// The house's own walls as the skill's built-in backend: seen by a real box that attacked itself. Source: spec/acta.md §2.4.
import type { SandboxObservation } from "@ces/receipts";
import type { WallsVerdict } from "@ces/sandbox";

/** What a probe of the walls showed; nothing when they do not hold. */
export function observeWalls(verdict: WallsVerdict): readonly SandboxObservation[] {
  if (verdict.kind !== "ok") return [];
  const held = [...verdict.facts].toSorted();
  const kernel = {
    seccomp: held.includes("filtered") ? 2 : 0,
    no_new_privs: held.includes("no_new_privileges"),
    canary_denied: held.includes("system_read_only"),
  };
  return [
    { source: "driver", facts: { driver: "bubblewrap", driver_version: verdict.version, held } },
    { source: "kernel", facts: kernel },
  ];
}
