// Rescue copies: before `mv`, `>`, `cp` or `truncate` take what stands at a path, a copy of it goes into the trash and the thing
// itself stays. Undo then puts aside what is there by that time, and the old one back.
import type { BigIntStats } from "node:fs";
import { encodePercent, type ByteText } from "./byte-text.ts";
import { copyToTrash } from "./copy-out.ts";
import { noteSizes } from "./directory-sizes.ts";
import { fault, faultOf, faultOfCode, missing, notFolder, throughLink, type Fault } from "./fault.ts";
import { itemId } from "./history.ts";
import { holdFolders, locate, type Found, type HeldFolders } from "./locate.ts";
import { planLeaving, type Care } from "./move-out.ts";
import type { NotTaken, Taken } from "./put-aside.ts";
import { refuseCopy } from "./refuse-place.ts";
import { withSession, type Session } from "./session.ts";
import { transact } from "./transaction.ts";
import type { Trash } from "./trash.ts";
import { treeSize } from "./tree-size.ts";

/**
 * What became of the paths. `absent`: nothing stood there, which is recorded, so that undo takes away what a command puts there.
 * Whoever asks because a command is about to destroy something must not let it run while `not_kept` is not empty.
 */
export type KeepReport = {
  readonly txid: string | null;
  readonly kept: readonly Taken[];
  readonly absent: readonly ByteText[];
  readonly not_kept: readonly NotTaken[];
};

/** `absent`: whether a path where nothing stands is recorded or a fault. `most_bytes`: of one copy; more is a fault. */
export type KeepHow = { readonly absent: "record" | "refuse"; readonly most_bytes: number };

/** Copies what stands at paths. Throws CesError TRASH_BUSY, TRASH_JOURNAL_FORGED, TRASH_JOURNAL_WRITE, TRASH_FOLDER_UNSAFE. */
export function keepCopy(trash: Trash, paths: readonly ByteText[], how: KeepHow): KeepReport {
  return withSession(trash, (session) => {
    const transacting = transact(session, { what: "keep" });
    const keeping: Keeping = {
      care: { session, transacting },
      held: holdFolders(),
      taken: new Map(),
      report: { kept: [], absent: [], not_kept: [] },
    };
    try {
      for (const path of paths) keepOne(keeping, path, how);
    } finally {
      keeping.held.release();
    }
    transacting.end("whole");
    return { txid: transacting.begun() ? transacting.txid : null, ...keeping.report };
  });
}

type Keeping = {
  readonly care: Care;
  readonly held: HeldFolders;
  readonly taken: Map<string, Set<string>>;
  readonly report: { readonly kept: Taken[]; readonly absent: ByteText[]; readonly not_kept: NotTaken[] };
};

function keepOne({ care, held, taken, report }: Keeping, operand: ByteText, how: KeepHow): void {
  const located = locate(operand, care.session.trash.caller.cwd, held);
  const no = (why: Fault): void => void report.not_kept.push({ ...why, operand });
  switch (located.kind) {
    case "found": {
      const why = refuseKeep(located, how, care.session);
      return why ? no(why) : copyOne({ care, taken, report, no }, located);
    }
    case "missing":
      if (how.absent === "refuse" || located.path === undefined) return no(missing);
      recordAbsent(care, located.path);
      report.absent.push(located.path);
      return undefined;
    case "not_folder":
      return no(notFolder);
    case "through":
      return no(throughLink);
    case "dot":
    case "root":
      return no(fault("REFUSED", "is not copied as a whole"));
    case "denied":
      return no(faultOfCode(located.code));
    default:
      return located satisfies never;
  }
}

type CopyingOne = Pick<Keeping, "care" | "taken" | "report"> & { readonly no: (why: Fault) => void };

function copyOne({ care, taken, report, no }: CopyingOne, found: Found): void {
  const { session, transacting } = care;
  const n = transacting.number();
  const leaving = planLeaving(session, found, n, taken);
  const folder = leaving.folder ?? session.home();
  try {
    const { ino, name } = copyToTrash(leaving, folder, { ...care, how: "keep", intent: "renew" });
    transacting.settle([{ n, result: "done", ino }]);
    report.kept.push({ id: itemId({ txid: transacting.txid, n }), path: found.path });
    if (found.facts.isDirectory()) noteSizes([{ folder, name }]);
  } catch (error) {
    no(faultOf(error));
    if (transacting.begun()) transacting.settle([{ n, result: "not_done", ino: null }]);
  }
}

function refuseKeep({ at, path, facts }: Found, { most_bytes }: KeepHow, session: Session): Fault | undefined {
  const refused = refuseCopy(path, facts, session.guarded) ?? refuseType(facts);
  if (refused !== undefined) return fault("REFUSED", refused);
  return treeSize(at).bytes > most_bytes ? fault("NO_SPACE", `is larger than ${most_bytes} bytes`) : undefined;
}

function refuseType(facts: BigIntStats): string | undefined {
  return facts.isFIFO() || facts.isSocket() ? "is a pipe or socket, which has no content" : undefined;
}

/** Records that nothing stands at a path. */
export function recordAbsent({ transacting }: Care, path: ByteText): void {
  const n = transacting.number();
  transacting.intend([{ n, how: "absent", path: encodePercent(path), facts: null, spot: null, from: null }]);
  transacting.settle([{ n, result: "done", ino: null }]);
}
