// What CES needs from the machine beyond node: bubblewrap and git, brought in through apt where that is possible.
import { spawnSync } from "node:child_process";
import { run } from "./workspace.ts";

const needed = [
  { program: "bwrap", debianPackage: "bubblewrap" },
  { program: "git", debianPackage: "git" },
] as const;

/** Installs what is missing when we are root on a Debian; else says in one line what to run. Never fails: the tests decide. */
export function prepareMachine(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (canInstall()) install(missing);
  const still = missingPackages();
  if (still.length > 0) console.error(`ces: missing on this machine; run: sudo apt-get install -y ${still.join(" ")}`);
}

function missingPackages(): string[] {
  return needed.filter(({ program }) => !onPath(program)).map(({ debianPackage }) => debianPackage);
}

function onPath(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && onPath("apt-get");
}

function install(debianPackages: readonly string[]): void {
  console.error(`ces: installing ${debianPackages.join(", ")} through apt`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...debianPackages];
  if (run("apt-get", args, env) === 0) return;
  run("apt-get", ["update", "-qq"], env);
  run("apt-get", args, env);
}

if (import.meta.main) prepareMachine();
