// A scratch folder that passes the checks of the trust domain, for one test.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function scratch(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), "ces-files-"));
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function codeOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
