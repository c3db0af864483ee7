// Running a plan under nono: the manifest is checked dry, the walls are run against, and only then the command starts.
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { SandboxObservation } from "@ces/receipts";
import { type Canary, digestOf, layCanary } from "./canary.ts";
import { type DriverCall, type DriverEnd, firstLine, runDriver } from "./driver-process.ts";
import type { Driver, LayerPlan, LayerRun } from "./layer-plan.ts";
import { ended, notStarted } from "./layer-outcome.ts";
import { nonoManifest } from "./nono-manifest.ts";

const CAT = "/bin/cat";
const CHECK_MS = 30_000;

/** Runs one plan. Never throws for what the layer does. */
export async function runNono(driver: Driver, plan: LayerPlan): Promise<LayerRun> {
  const manifest = nonoManifest(plan);
  const policy_digest = digestOf(manifest);
  // A canary within a grant would be read, and a plan that grants our own folder grants what is handed to the layer.
  if ([...plan.read, ...plan.write].some((root) => isBelow(driver.scratch, root)))
    return notStarted("the plan grants the folder that the layer is driven from", policy_digest);
  const canary = layCanary(driver.scratch);
  try {
    const config = join(canary.folder, "manifest.json");
    writeFileSync(config, manifest, { mode: 0o600, flag: "wx" });
    const fault = (await dryRun(driver, plan, config)) ?? (await proveWalls(driver, plan, canary));
    if (fault !== null) return notStarted(fault, policy_digest);
    const end = await runDriver(call(driver, plan, ["--config", config, "--", ...plan.argv]));
    return ended(end, { policy_digest, observed: seen(driver, policy_digest) });
  } finally {
    canary.remove();
  }
}

async function dryRun(driver: Driver, plan: LayerPlan, config: string): Promise<string | null> {
  const args = ["--dry-run", "--config", config, "--", ...plan.argv];
  const { exit_code, stderr } = await runDriver({ ...call(driver, plan, args), timeout_ms: CHECK_MS });
  return exit_code === 0 ? null : `nono refuses the manifest: ${firstLine(stderr)}`;
}

// The same walls and one more folder: what is granted there is read, what lies beside it is not.
async function proveWalls(driver: Driver, plan: LayerPlan, canary: Canary): Promise<string | null> {
  const config = join(canary.folder, "canary.json");
  writeFileSync(config, nonoManifest({ ...plan, read: [...plan.read, canary.inside] }), { mode: 0o600, flag: "wx" });
  const cat = (path: string): Promise<DriverEnd> =>
    runDriver({ ...call(driver, plan, ["--config", config, "--", CAT, path]), timeout_ms: CHECK_MS });
  const control = await cat(canary.control);
  if (!control.stdout.includes(canary.words.control))
    return `nothing can be run under nono with this plan: ${firstLine(control.stderr)}`;
  const forbidden = await cat(canary.forbidden);
  const leaked = (forbidden.stdout + forbidden.stderr).includes(canary.words.forbidden);
  return leaked || forbidden.exit_code === 0 ? "nono's walls do not hold: a file that was not granted was read" : null;
}

function isBelow(path: string, root: string): boolean {
  const from = relative(root, path);
  return from === "" || !(from === ".." || from.startsWith("../"));
}

function call({ program, env }: Driver, plan: LayerPlan, args: readonly string[]): DriverCall {
  return {
    program,
    args: ["run", "--silent", ...args],
    cwd: plan.workdir,
    env: { ...env, ...plan.env },
    timeout_ms: plan.timeout_ms,
  };
}

function seen({ name, version }: Driver, policy_digest: string): readonly SandboxObservation[] {
  return [
    { source: "driver", facts: { driver: name, driver_version: version, policy_digest } },
    { source: "kernel", facts: { canary_denied: true } },
  ];
}
