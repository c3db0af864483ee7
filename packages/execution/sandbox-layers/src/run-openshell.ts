// Running a plan in an OpenShell sandbox of its own: made with the policy, read back, run against, used once, deleted.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxObservation } from "@ces/receipts";
import { layCanary } from "./canary.ts";
import { type DriverEnd, firstLine, runDriver } from "./driver-process.ts";
import { kernelFacts } from "./kernel-facts.ts";
import { ended, notStarted } from "./layer-outcome.ts";
import type { Driver, LayerPlan, LayerRun } from "./layer-plan.ts";
import { openShellPolicy } from "./openshell-policy.ts";

const CREATE_MS = 300_000;
const ASK_MS = 60_000;

/** Runs one plan. Never throws for what the layer does; the sandbox is deleted in every case. */
export async function runOpenShell(driver: Driver, plan: LayerPlan): Promise<LayerRun> {
  const scratch = layCanary(driver.scratch);
  const name = `ces-${randomBytes(6).toString("hex")}`;
  const policy = join(scratch.folder, "policy.yaml");
  try {
    writeFileSync(policy, openShellPolicy(plan), { mode: 0o600, flag: "wx" });
    const quiet = ["--no-auto-providers", "--no-tty", "--detach"];
    const create = ["sandbox", "create", "--name", name, "--policy", policy, ...quiet];
    const made = await openshell(driver, create, CREATE_MS);
    if (made.exit_code !== 0) return notStarted(`openshell makes no sandbox: ${firstLine(made.stderr)}`, null);
    return await runInside(driver, plan, name);
  } finally {
    await openshell(driver, ["sandbox", "delete", name], ASK_MS);
    scratch.remove();
  }
}

async function runInside(driver: Driver, plan: LayerPlan, name: string): Promise<LayerRun> {
  // What is in force, not what was sent.
  const inForce = await openshell(driver, ["sandbox", "get", name, "--policy-only"], ASK_MS);
  if (inForce.exit_code !== 0) return notStarted("openshell does not say which policy is in force", null);
  const policy_digest = inForce.stdout_digest;
  if (!/^\W*compatibility\W+hard_requirement\b/m.test(inForce.stdout))
    return notStarted("the policy in force does not require Landlock", policy_digest);
  const seen = await observe(driver, plan, name);
  if (typeof seen === "string") return notStarted(seen, policy_digest);
  const end = await execute(driver, plan, name);
  const facts = { driver: driver.name, driver_version: driver.version, driver_session: name, policy_digest };
  return ended(end, { policy_digest, observed: [{ source: "driver", facts }, seen] });
}

// The kernel's word from inside, and a file that no plan may read.
async function observe(driver: Driver, plan: LayerPlan, name: string): Promise<SandboxObservation | string> {
  const cat = (path: string): Promise<DriverEnd> =>
    execute(driver, { ...plan, argv: ["/bin/cat", path], workdir: "/", env: {}, timeout_ms: ASK_MS }, name);
  const facts = kernelFacts((await cat("/proc/self/status")).stdout);
  if (facts === null) return "nothing can be seen of the sandbox from inside";
  const forbidden = await cat("/etc/shadow");
  if (forbidden.exit_code === 0) return "openshell's walls do not hold: a forbidden file was read";
  return { source: "kernel", facts: { ...facts, canary_denied: true } };
}

function execute(driver: Driver, plan: LayerPlan, name: string): Promise<DriverEnd> {
  const seconds = String(Math.max(1, Math.ceil(plan.timeout_ms / 1000)));
  const env = Object.entries(plan.env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
  const how = ["-n", name, "--workdir", plan.workdir, "--timeout", seconds, ...env, "--no-tty"];
  return openshell(driver, ["sandbox", "exec", ...how, "--", ...plan.argv], plan.timeout_ms + 5_000);
}

function openshell({ program, env }: Driver, args: readonly string[], timeout_ms: number): Promise<DriverEnd> {
  return runDriver({ program, args, cwd: "/", env, timeout_ms });
}
