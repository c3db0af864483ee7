// Everything in a worktree that git would lose, copied before `git reset --hard`, `git checkout --` or `git clean`: the caller
// lists the files, because nothing of the repository is run here. The copies stand in one folder of the trash.
import { closeSync, fstatSync, mkdirSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { componentsOf, encodePercent, joinPath, nameOf, relativeTo, shownText, type ByteText } from "./byte-text.ts";
import { copyStyle, needFree } from "./copy-out.ts";
import { copyTree } from "./copy-tree.ts";
import { faultOf } from "./fault.ts";
import { itemId } from "./history.ts";
import { itemFacts } from "./item-facts.ts";
import type { KeepReport } from "./keep-copy.ts";
import { openLookout, type Lookout } from "./look-ahead.ts";
import { below, openAbsolute, realPath, statAt, type At } from "./open-below.ts";
import type { NotTaken, Taken } from "./put-aside.ts";
import { fileAt, nameSource, reserve } from "./reserve.ts";
import { withSession, type Session } from "./session.ts";
import { withNewSpot } from "./spot.ts";
import { transact, type Intended, type Outcome, type Transacting } from "./transaction.ts";
import type { TrashFolder } from "./trash-folder.ts";
import type { Trash } from "./trash.ts";
import { treeSize } from "./tree-size.ts";

/** What to keep: the worktree's root, and paths below it. A path where nothing stands is recorded as absent. */
export type WorktreeWish = {
  readonly root: ByteText;
  readonly paths: readonly ByteText[];
  readonly most_bytes: number;
};

const CHUNK = 256;

/**
 * Copies the files of a worktree; what could not be copied is in `not_kept`. Throws CesError TRASH_NO_SPACE (also for more than `most_bytes`),
 * TRASH_WORKTREE_PATH for a path that leaves the worktree, and what `keepCopy` throws.
 */
export function keepWorktree(trash: Trash, wish: WorktreeWish): KeepReport {
  return withSession(trash, (session) => {
    const root = realPath(wish.root);
    const paths = wish.paths.map((path) => inside(root, path));
    const lookout = openLookout();
    try {
      const found = lookAll(lookout, paths, wish.most_bytes);
      return found.length === 0 ? nothing : keepAll(session, { root, lookout, found });
    } finally {
      lookout.close();
    }
  });
}

const nothing: KeepReport = { txid: null, kept: [], absent: [], not_kept: [] };

type Listed = { readonly path: ByteText; readonly stands: boolean };

function inside(root: ByteText, path: ByteText): ByteText {
  const parts = componentsOf(path);
  const whole = joinPath(root, path);
  if (parts.length > 0 && parts.join("/") === path && !parts.some((part) => part === "." || part === ".."))
    return whole;
  throw new CesError("TRASH_WORKTREE_PATH", `\`${shownText(path)}\` is no plain path below the worktree`);
}

function lookAll(lookout: Lookout, paths: readonly ByteText[], most: number): readonly Listed[] {
  let bytes = 0;
  return paths.map((path) => {
    const look = lookout.at(path);
    if (look.kind !== "at") return { path, stands: false };
    bytes += treeSize(look.at).bytes;
    if (bytes <= most) return { path, stands: true };
    throw new CesError("TRASH_NO_SPACE", `a rescue copy of the worktree would be larger than ${most} bytes`, {
      remedy: "commit or stash what you want to keep, then run the command again",
    });
  });
}

type Keeping = { readonly root: ByteText; readonly lookout: Lookout; readonly found: readonly Listed[] };
type Report = { readonly kept: Taken[]; readonly absent: ByteText[]; readonly not_kept: NotTaken[] };

function keepAll(session: Session, keeping: Keeping): KeepReport {
  const { root, lookout, found } = keeping;
  const transacting = transact(session, { what: "keep" });
  const snapshot = openSnapshot(session, transacting, root);
  const report: Report = { kept: [], absent: [], not_kept: [] };
  // Thousands of files are not synced one by one: a power cut in the next seconds may take copies, a killed process does not.
  const sync = found.length <= CHUNK ? "each" : "none";
  for (let at = 0; at < found.length; at += CHUNK) {
    const ready = found.slice(at, at + CHUNK).map((one) => prepare(one, { snapshot, lookout, transacting, root }));
    transacting.intend(ready.map(({ intent }) => intent));
    transacting.settle(ready.map((one) => copyOne(one, { snapshot, lookout, sync, report, transacting })));
  }
  transacting.end("whole");
  return { txid: transacting.txid, ...report };
}

type Snapshot = { readonly folder: TrashFolder; readonly name: ByteText };
type Ready = { readonly path: ByteText; readonly intent: Intended; readonly name: ByteText | null };

function openSnapshot(session: Session, transacting: Transacting, root: ByteText): Snapshot {
  const fd = openAbsolute(root);
  const [own] = session.on(fstatSync(fd, { bigint: true }).dev, root);
  closeSync(fd);
  const folder = own ?? session.home();
  const n = transacting.number();
  const item = itemId({ txid: transacting.txid, n });
  const next = nameSource(nameOf(root), folder, { taken: new Set(), random: session.trash.random });
  for (;;) {
    const name = next();
    const spot = { root: encodePercent(folder.path), name: encodePercent(name) };
    transacting.intend([{ n, how: "snapshot", path: encodePercent(root), facts: null, spot, from: null }]);
    if (!reserve({ folder, item, name, path: root, epoch_ms: session.trash.clock.epochMs() }, "synced")) continue;
    mkdirSync(below(fileAt(folder, name)), { mode: 0o700 });
    transacting.settle([{ n, result: "done", ino: null }]);
    return { folder, name };
  }
}

type Preparing = {
  readonly snapshot: Snapshot;
  readonly lookout: Lookout;
  readonly transacting: Transacting;
  readonly root: ByteText;
};

function prepare({ path, stands }: Listed, { snapshot, lookout, transacting, root }: Preparing): Ready {
  const n = transacting.number();
  const look = stands ? lookout.at(path) : undefined;
  const base = { n, path: encodePercent(path), from: null };
  if (look?.kind !== "at") return { path, name: null, intent: { ...base, how: "absent", facts: null, spot: null } };
  const name = joinPath(snapshot.name, relativeTo(path, root));
  const spot = { root: encodePercent(snapshot.folder.path), name: encodePercent(name) };
  return { path, name, intent: { ...base, how: "keep", facts: itemFacts(look.at, look.facts, look.dev), spot } };
}

type CopyingOne = {
  readonly snapshot: Snapshot;
  readonly lookout: Lookout;
  readonly sync: "each" | "none";
  readonly report: Report;
  readonly transacting: Transacting;
};

function copyOne({ path, intent, name }: Ready, copying: CopyingOne): Outcome {
  const { snapshot, lookout, sync, report, transacting } = copying;
  const { n } = intent;
  if (name === null) {
    report.absent.push(path);
    return { n, result: "done", ino: null };
  }
  try {
    const ino = withNewSpot(snapshot.folder, name, (to) =>
      copyHere(lookout, path, { to, sync, folder: snapshot.folder }),
    );
    report.kept.push({ id: itemId({ txid: transacting.txid, n }), path });
    return { n, result: "done", ino };
  } catch (error) {
    report.not_kept.push({ ...faultOf(error), operand: path });
    return { n, result: "not_done", ino: null };
  }
}

type CopyTarget = { readonly to: At; readonly sync: "each" | "none"; readonly folder: TrashFolder };

function copyHere(lookout: Lookout, path: ByteText, { to, sync, folder }: CopyTarget): string {
  const look = lookout.at(path);
  if (look.kind !== "at") throw new CesError("TRASH_CANNOT_COPY", "it vanished while it was copied");
  needFree(treeSize(look.at), folder.files);
  copyTree(look.at, to, copyStyle(look.dev === folder.dev, sync));
  return String(statAt(to)?.ino ?? "");
}
