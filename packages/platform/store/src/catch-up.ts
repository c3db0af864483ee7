// Is the database the one the signed head speaks of? Asked at open, and again whenever another process has written (S32).
import type { TailCheck } from "@ces/ports";
import { CesError } from "@ces/kernel";
import type { LedgerHead } from "@ces/records";
import { partsAt, standingOf, writeHead, type Opened, type Standing } from "./opened.ts";
import { tampered } from "./store-error.ts";

type Tables = keyof LedgerHead["rows"];
const TABLES: readonly Tables[] = ["snapshots", "effects", "effects_done", "records"];

/**
 * Compares database and head and brings the head up to entries a crash left behind it. Throws CesError with exit 4:
 * HEAD_MISSING, HEAD_INVALID, LEDGER_BEHIND_HEAD, LEDGER_OTHER_DATABASE, LEDGER_FORKED, STATE_MISSING_ROWS, STATE_MODIFIED,
 * TRAIL_MODIFIED, LEDGER_*; KEY_MISMATCH (exit 5), KEY_NOT_ROTATED (4).
 */
export function catchUp(opened: Opened): void {
  const read = opened.headFile.read();
  if (!read) throw tampered("HEAD_MISSING", "the database has no signed head beside it");
  const { head } = read;
  if (head.project_id !== opened.sealer.project_id)
    throw tampered("HEAD_INVALID", "the ledger's head is another project's");
  if (head.database_id !== opened.database_id)
    throw tampered("LEDGER_OTHER_DATABASE", "`meta` names another database than the signed head");
  opened.dataVersion = Number(opened.statements.dataVersion.get());
  opened.believed.clear();
  const ahead = measure(opened, head);
  if (read.damaged && !ahead)
    throw tampered(
      "HEAD_INVALID",
      "one half of the ledger's head is damaged, and nothing was committed after the other",
    );
  opened.now = ahead ? takeTail(opened, head) : standingOf(head);
  opened.sealer.acceptEpoch(opened.now.chain.key_fingerprint);
}

/** Catches up only if another process has written since this one last looked. */
export function refresh(opened: Opened): void {
  if (Number(opened.statements.dataVersion.get()) !== opened.dataVersion) catchUp(opened);
}

// True when the database goes on behind the head.
function measure(opened: Opened, head: LedgerHead): boolean {
  const { statements } = opened;
  const last = statements.lastSeq.get()?.last ?? 0;
  const lastTrail = statements.lastTrail.get()?.last ?? 0;
  if (last < head.count)
    throw tampered("LEDGER_BEHIND_HEAD", `the ledger ends at entry ${last}, its signed head says ${head.count}`);
  if (lastTrail < head.trail_count)
    throw tampered(
      "LEDGER_BEHIND_HEAD",
      `\`trail\` ends at row ${lastTrail}, the signed head says ${head.trail_count}`,
    );
  if (head.count > 0 && statements.entry.get({ seq: head.count })?.mac !== head.mac)
    throw tampered("LEDGER_FORKED", `entry ${head.count} is not the one the signed head names`);
  if (head.trail_count > 0 && statements.trailRow.get({ n: head.trail_count })?.mac !== head.trail_mac)
    throw tampered("LEDGER_FORKED", `\`trail\` row ${head.trail_count} is not the one the signed head names`);
  checkCounts(opened, head, last);
  return last > head.count || lastTrail > head.trail_count;
}

function checkCounts(opened: Opened, head: LedgerHead, last: number): void {
  for (const table of TABLES) {
    const found = opened.statements.counts[table].get({ head: head.count, last });
    const covered = (found?.total ?? 0) - (found?.later ?? 0);
    if (covered !== head.rows[table])
      throw tampered(
        "STATE_MISSING_ROWS",
        `\`${table}\` holds ${covered} rows, the signed head says ${head.rows[table]}`,
      );
    if ((found?.beyond ?? 0) > 0)
      throw tampered("STATE_MODIFIED", `\`${table}\` holds rows of entries that do not exist`);
  }
}

function takeTail(opened: Opened, head: LedgerHead): Standing {
  const { statements, sealer } = opened;
  const entries = statements.entriesAfter.all({ seq: head.count });
  const state = entries.map(({ seq }) => ({ seq, parts: partsAt(statements, seq) }));
  const trail = statements.trailAfter.all({ n: head.trail_count });
  const check: TailCheck = sealer.checkTail({ from: standingOf(head).chain, entries, trail, state });
  if (check.kind === "broken")
    throw new CesError(check.code, `the ledger is broken: ${check.why}`, { remedy: "ces audit verify" });
  const rows = { ...head.rows };
  for (const { parts } of state) for (const table of TABLES) rows[table] += parts[table].length;
  const standing = { chain: check.head, rows };
  writeHead(opened, standing, opened.clock.now());
  return standing;
}
