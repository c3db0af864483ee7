// Emptying the trash, of our own items only. Nothing here asks: a person at a terminal was asked before (S26, guard §2.12).
import { encodePercent, type ByteText } from "./byte-text.ts";
import { noteSizes } from "./directory-sizes.ts";
import { historyOf, itemId, type Item } from "./history.ts";
import { rowsOf, trashFolders, type TrashRow } from "./list-trash.ts";
import { namesIn, statAt } from "./open-below.ts";
import { removeTree } from "./remove-tree.ts";
import { fileAt, isReservedFor, release } from "./reserve.ts";
import { withSession, type Session } from "./session.ts";
import { transact } from "./transaction.ts";
import type { TrashFolder } from "./trash-folder.ts";
import type { Trash } from "./trash.ts";

/** What was removed for good: how many rows, and their ids. */
export type ClearReport = { readonly txid: string | null; readonly cleared: readonly string[] };

/** Rows that would go: our own, older than an instant (ISO), or all of them for null. */
export function clearable(rows: readonly TrashRow[], before: string | null): readonly TrashRow[] {
  return rows.filter(({ id, at }) => id !== null && (before === null || (at !== null && at < before)));
}

/** Removes items for good, by their ids as `listTrash` gives them. What is not there any more is passed over. */
export function clearTrash(trash: Trash, ids: readonly string[]): ClearReport {
  return withSession(trash, (session) => {
    const wanted = new Set(ids);
    const items = historyOf(session.journal.entries()).flatMap((one) =>
      one.items.filter((item) => wanted.has(itemId(item))),
    );
    const transacting = transact(session, { what: "clear" });
    for (let at = 0; at < items.length; at += 256) {
      const dropping = items.slice(at, at + 256).flatMap((item) => dropFrom(session, item));
      const numbered = dropping.map((one) => ({ ...one, n: transacting.number() }));
      transacting.intend(
        numbered.map(({ n, item, folder, name }) => ({
          n,
          how: "drop" as const,
          path: encodePercent(item.path),
          facts: null,
          spot: { root: encodePercent(folder.path), name: encodePercent(name) },
          from: { txid: item.txid, n: item.n },
        })),
      );
      for (const { folder, name } of numbered) {
        removeTree(fileAt(folder, name));
        release(folder, name);
      }
      transacting.settle(numbered.map(({ n }) => ({ n, result: "done", ino: null })));
      noteSizes([], numbered);
    }
    transacting.end("whole");
    return { txid: transacting.begun() ? transacting.txid : null, cleared: items.map(itemId) };
  });
}

type Dropping = { readonly item: Item; readonly folder: TrashFolder; readonly name: ByteText };

// SECURITY: only what its info file says was reserved for this very item.
function dropFrom(session: Session, item: Item): readonly Dropping[] {
  const folder = item.spot && session.at(item.spot.root);
  if (!folder || item.spot === null || !isReservedFor(folder, item.spot.name, itemId(item))) return [];
  return [{ item, folder, name: item.spot.name }];
}

/** One trash folder: what is in it. `bytes` null: more than can be counted here. */
export type TrashSize = {
  readonly root: ByteText;
  readonly items: number;
  readonly foreign: number;
  readonly bytes: number | null;
};

/** How much is in each trash folder of this account. */
export function trashSizes(trash: Trash): readonly TrashSize[] {
  return withSession(trash, (session) => {
    const rows = rowsOf(session);
    return trashFolders(session, historyOf(session.journal.entries())).map((folder) => sizeOf(folder, rows));
  });
}

function sizeOf(folder: TrashFolder, rows: readonly TrashRow[]): TrashSize {
  const here = rows.filter(({ spot }) => spot.root === folder.path);
  const bytes = here.reduce<number | null>(
    (sum, row) => (sum === null || row.bytes === null ? null : sum + row.bytes),
    0,
  );
  const items = namesIn(folder.files).filter((name) => statAt(fileAt(folder, name)) !== undefined).length;
  return { root: folder.path, items, foreign: here.filter(({ id }) => id === null).length, bytes };
}
