// Nothing is built, decided or released on a record that somebody changed (S32). Opening the store finds what was cut, put back
// or is read; a change to an entry that nobody reads is found by walking all of it.
import { auditLedger } from "./audit-ledger.ts";
import type { Project } from "./open-project.ts";

/** Up to this many entries the whole record is walked, a few milliseconds per thousand; a longer one is for `ces audit verify`. */
const WALKED_ENTRIES = 20_000;

/** Throws what the verification finds: LEDGER_*, HEAD_*, TRAIL_*, STATE_MODIFIED (exit 4), KEY_MISMATCH (exit 5). */
export function requireWholeRecord(project: Pick<Project, "store" | "verifyLedger">): void {
  if (project.store.entryCount() > WALKED_ENTRIES) return;
  auditLedger(project);
}
