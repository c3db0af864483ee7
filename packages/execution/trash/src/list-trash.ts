// What is in the trash: our own items, as the journal knows them, and what other programs put there, as their info files say.
import { isPlainAbsolute, joinPath, type ByteText } from "./byte-text.ts";
import { knownSizes } from "./directory-sizes.ts";
import { historyOf, isLive, itemId, type History, type Item } from "./history.ts";
import { typeOf } from "./item-facts.ts";
import type { FileType, Spot } from "./journal-entry.ts";
import { namesIn, statAt } from "./open-below.ts";
import { fileAt, infoBytes } from "./reserve.ts";
import { withSession, type Session } from "./session.ts";
import type { TrashFolder } from "./trash-folder.ts";
import { readInfo } from "./trash-info.ts";
import { treeSize } from "./tree-size.ts";
import type { Trash } from "./trash.ts";

/**
 * One row. `id`: our item (`T-….n`), null for another program's. `what`: deleted; a rescue copy; a worktree's copies; put there by
 * another program. `path`: where it was; null when nothing readable says so. `at`: ISO for ours, local time for others. `bytes`:
 * null when the folder is too large to be counted here. `files`: more than one for a worktree.
 */
export type TrashRow = {
  readonly id: string | null;
  readonly what: "deleted" | "copy" | "worktree" | "foreign";
  readonly path: ByteText | null;
  readonly at: string | null;
  readonly type: FileType | "missing";
  readonly bytes: number | null;
  readonly files: number;
  readonly session: string | null;
  readonly command: string | null;
  readonly spot: Spot;
};

/** A folder with more entries is not counted for a list. */
const MOST_ENTRIES = 50_000;

/** Every row, newest first; what other programs put there comes last. */
export function listTrash(trash: Trash): readonly TrashRow[] {
  return withSession(trash, rowsOf);
}

/** The rows of an open trash. */
export function rowsOf(session: Session): readonly TrashRow[] {
  const history = historyOf(session.journal.entries());
  const sizes = new Map<TrashFolder, ReadonlyMap<ByteText, number>>();
  const sizeOf: SizeOf = (folder, name) => {
    const known = sizes.get(folder) ?? knownSizes(folder);
    sizes.set(folder, known);
    const counted = known.get(name) ?? treeSize(fileAt(folder, name), MOST_ENTRIES);
    return typeof counted === "number" ? counted : counted.whole ? counted.blocks : null;
  };
  const own = history.toReversed().flatMap((one) => ownRows(session, one, sizeOf));
  const ours = new Set(own.map(({ spot }) => `${spot.root} ${spot.name}`));
  const foreign = trashFolders(session, history).flatMap((folder) => foreignRows(folder, ours, sizeOf));
  return [...own, ...foreign];
}

/** Every trash folder of this account that is there: the home's, those of mounted volumes, those of the journal. */
export function trashFolders(session: Session, history: History): readonly TrashFolder[] {
  const roots = new Set(history.flatMap(({ items }) => items.flatMap(({ spot }) => spot?.root ?? [])));
  const volumes = session.guarded.mounts.points.map((top) => session.ofVolume(top));
  const all = [session.home(), ...volumes, ...[...roots].map((root) => session.at(root))];
  const byPath = new Map(all.flatMap((folder) => (folder ? [[folder.path, folder] as const] : [])));
  return [...byPath.values()];
}

type SizeOf = (folder: TrashFolder, name: ByteText) => number | null;

function ownRows(session: Session, { begin, items }: History[number], sizeOf: SizeOf): readonly TrashRow[] {
  const snapshot = items.find(({ how }) => how === "snapshot");
  const live = items.filter((item) => isLive(item) && item.spot !== null && item.how !== "place");
  const shown = snapshot && live.length > 0 ? [snapshot] : live;
  const files = snapshot ? live.length : 1;
  return shown.toReversed().flatMap((item) => {
    const row = ownRow(session, item, sizeOf);
    return row ? [{ ...row, files, at: begin.at, session: begin.session, command: begin.command }] : [];
  });
}

function ownRow(session: Session, item: Item, sizeOf: SizeOf): TrashRow | undefined {
  const { spot, facts, how, path } = item;
  const folder = spot && session.at(spot.root);
  if (!folder || statAt(fileAt(folder, spot.name)) === undefined) return undefined;
  const what = how === "snapshot" ? "worktree" : how === "keep" ? "copy" : "deleted";
  const whole = facts === null || facts.type === "folder";
  return {
    id: itemId(item),
    what,
    path,
    at: null,
    type: facts?.type ?? "folder",
    bytes: whole ? sizeOf(folder, spot.name) : facts.size,
    files: 1,
    session: null,
    command: null,
    spot,
  };
}

function foreignRows(folder: TrashFolder, ours: ReadonlySet<string>, sizeOf: SizeOf): readonly TrashRow[] {
  return namesIn(folder.files).flatMap((name) => {
    if (ours.has(`${folder.path} ${name}`)) return [];
    const facts = statAt(fileAt(folder, name));
    const bytes = infoBytes(folder, name);
    const info = bytes && readInfo(bytes);
    return [
      {
        id: null,
        what: "foreign" as const,
        path: info ? foreignPath(folder, info.path) : null,
        at: info?.deleted_at ?? null,
        type: facts ? typeOf(facts) : ("missing" as const),
        bytes: facts?.isDirectory() ? sizeOf(folder, name) : Number(facts?.size ?? 0n),
        files: 1,
        session: null,
        command: null,
        spot: { root: folder.path, name },
      },
    ];
  });
}

// For the eye only: nothing is ever written because of it.
function foreignPath(folder: TrashFolder, path: ByteText): ByteText | null {
  const whole = path.startsWith("/") || folder.top === null ? path : joinPath(folder.top, path);
  return isPlainAbsolute(whole) ? whole : null;
}
