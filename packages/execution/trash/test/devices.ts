// A file system of a test's own, of a given size. Mounting needs root; without it the test is skipped, and says so.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** True, after saying so, when nothing can be mounted here. */
export function mountOrSkip(): boolean {
  const probe = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], { encoding: "utf8" });
  if (process.geteuid?.() === 0 && probe.status === 0) return false;
  if (process.env["CES_REQUIRE_MOUNT"] === "1") throw new Error(`CES_REQUIRE_MOUNT=1, but: ${probe.stderr}`);
  process.stderr.write("\nSKIPPED: no file system can be mounted for the test (needs root)\n");
  return true;
}

/** Mounts a tmpfs at a new folder; gone when the test is. */
export function mountTmpfs(at: string, megabytes: number): string {
  mkdirSync(at, { recursive: true });
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", at]);
  if (status !== 0) throw new Error(`mount: ${stderr}`);
  onTestFinished(() => void spawnSync("umount", ["-l", at]));
  return at;
}

/** Takes from a volume the place of its trash, so that what is deleted there is copied to the home's. */
export function withoutTrash(top: string): void {
  writeFileSync(join(top, `.Trash-${process.geteuid?.()}`), "taken");
}
