// A machine for one test, removed afterwards.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { closeInheritedDescriptors } from "@ces/sandbox";

export * from "./built-run.ts";

// The test runner is no better than a shell: it may have left something open (S14).
closeInheritedDescriptors();

/** A folder others can walk through, with `w/` in it; removed after the test. */
export function scratchRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "ces-contract-"));
  chmodSync(root, 0o711);
  mkdirSync(join(root, "w"));
  onTestFinished(() => {
    spawnSync("chmod", ["-R", "u+rwX", root]);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}
