// The whole ledger, walked before something rests on it: a refusal that names the first bad place.
import { CesError } from "@ces/kernel";
import type { Project } from "./open-project.ts";

/** Throws the verdict's code: LEDGER_*, HEAD_*, STATE_MODIFIED or TRAIL_MODIFIED (exit 4), KEY_MISMATCH (exit 5). */
export function auditLedger(project: Pick<Project, "verifyLedger">): void {
  const verdict = project.verifyLedger();
  if (verdict.kind === "valid") return;
  const where = verdict.seq === null ? "" : ` at entry ${verdict.seq}`;
  throw new CesError(verdict.code, `the ledger cannot be believed${where}: ${verdict.why}`, {
    remedy: "ces audit verify",
  });
}
