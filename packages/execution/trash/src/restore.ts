// One item back: by its id, by the path it had, or by the number `list` gave it. What another program put into the trash goes
// only where the person says (S26): its info file can be written by anybody who can write there.
import { CesError } from "@ces/kernel";
import { fromLatin1, isPlainAbsolute, isWithin, joinPath, nameOf, shownText, type ByteText } from "./byte-text.ts";
import { carryOut } from "./carry-out.ts";
import { historyOf, isLive, itemId, type Item } from "./history.ts";
import { itemFacts } from "./item-facts.ts";
import { rowsOf, type TrashRow } from "./list-trash.ts";
import { holdFolders, locate } from "./locate.ts";
import type { Blocker, Wish } from "./plan-undo.ts";
import { codeOf, statAt } from "./open-below.ts";
import { isKept } from "./refuse-place.ts";
import { fileAt } from "./reserve.ts";
import { withSession, type Session } from "./session.ts";
import type { Trash } from "./trash.ts";
import { putBack, unknown, wishFor, type UndoReport } from "./undo.ts";

/** Which, and where to. `which`: an item's or transaction's id, a path, or a row's number (1 is the newest). */
export type RestoreWish = {
  readonly which: ByteText;
  /** A path that does not exist, or a folder to put it in; null: where it was. */
  readonly to: ByteText | null;
  readonly roots: readonly ByteText[];
};

/** Puts it back. Throws CesError TRASH_UNKNOWN when nothing fits, TRASH_NEEDS_TO for another program's item without `to`. */
export function restore(trash: Trash, wish: RestoreWish): UndoReport {
  return withSession(trash, (session) => {
    const { which, roots } = wish;
    const items = ownItems(session, which);
    const to = wish.to === null ? null : targetOf(session, wish.to, items[0]?.path ?? which);
    if (items.length > 0) return restoreOwn(session, items, { to, roots });
    const row = foreignRow(session, which);
    if (row === undefined) throw unknown(`nothing in the trash is \`${shownText(which)}\``);
    if (wish.to === null) throw needsTo(row);
    return restoreForeign(session, row, { to: targetOf(session, wish.to, row.spot.name), roots });
  });
}

type Where = { readonly to: ByteText | null; readonly roots: readonly ByteText[] };

function restoreOwn(session: Session, items: readonly Item[], { to, roots }: Where): UndoReport {
  if (to !== null && items.length > 1) throw unknown("that names several items, and `--to` has room for one");
  const wishes = items.map((one): Wish => (to === null ? wishFor(one) : { item: one, path: to, occupant: "blocks" }));
  return putBack(session, wishes.toReversed(), { what: "restore", roots });
}

function ownItems(session: Session, which: ByteText): readonly Item[] {
  const live = historyOf(session.journal.entries())
    .flatMap(({ items }) => items)
    .filter((item) => isLive(item) && item.spot !== null && item.how !== "place");
  const byId = live.filter((item) => item.txid === which || itemId(item) === which);
  if (byId.length > 0) return byId;
  if (/^[1-9]\d{0,8}$/.test(which)) {
    const row = rowsOf(session)[Number(which) - 1];
    const worktree = row?.what === "worktree";
    if (row?.id)
      return live.filter((item) => (worktree ? row.id?.startsWith(`${item.txid}.`) : itemId(item) === row.id));
  }
  const names = namesFor(session, which);
  const newest = live.findLast(({ path }) => names.includes(path));
  return newest ? [newest] : [];
}

// A path as it was typed, seen from here, and with the links on its way resolved.
function namesFor(session: Session, which: ByteText): readonly ByteText[] {
  const { cwd } = session.trash.caller;
  const whole = which.startsWith("/") ? which : joinPath(cwd, which);
  const held = holdFolders();
  try {
    const located = locate(whole, cwd, held);
    const real = "path" in located && located.path !== undefined ? [located.path] : [];
    return [...real, fromLatin1(whole.replace(/(.)\/+$/, "$1"))];
  } finally {
    held.release();
  }
}

function foreignRow(session: Session, which: ByteText): TrashRow | undefined {
  const rows = rowsOf(session);
  const byNumber = /^[1-9]\d{0,8}$/.test(which) ? rows[Number(which) - 1] : undefined;
  const names = namesFor(session, which);
  return byNumber ?? rows.find(({ id, path }) => id === null && path !== null && names.includes(path));
}

// SECURITY: the path is the person's own; only there does a link on the way count as theirs.
function targetOf(session: Session, to: ByteText, own: ByteText): ByteText {
  const held = holdFolders();
  try {
    const located = locate(to, session.trash.caller.cwd, held);
    if (located.kind === "found")
      return located.facts.isDirectory() ? joinPath(located.path, nameOf(own)) : located.path;
    if (located.kind === "missing" && located.path !== undefined) return located.path;
    throw unknown(`there is no folder for \`${shownText(to)}\``);
  } finally {
    held.release();
  }
}

function restoreForeign(session: Session, { spot }: TrashRow, { to, roots }: Where): UndoReport {
  const folder = session.at(spot.root);
  const at = folder && fileAt(folder, spot.name);
  const facts = at && statAt(at);
  if (!folder || !at || !facts || to === null)
    throw unknown(`\`${shownText(spot.name)}\` is not in the trash any more`);
  const blocker = foreignBlocker(session, to, roots);
  if (blocker) return { kind: "blocked", blockers: [blocker] };
  const step = {
    kind: "place" as const,
    path: to,
    folder,
    spot,
    facts: itemFacts(at, facts, folder.dev),
    from: null,
    mode: null,
    across: "one device" as const,
  };
  return { kind: "undone", commands: [], ...carryOut(session, [step], { what: "restore" }) };
}

function foreignBlocker(session: Session, path: ByteText, roots: readonly ByteText[]): Blocker | undefined {
  if (!isPlainAbsolute(path) || !roots.some((root) => path !== root && isWithin(path, root)))
    return { code: "OUTSIDE", path, text: "lies outside of what may be written here" };
  if (isKept(path, session.guarded)) return { code: "KEPT", path, text: "lies in the trash or the state of CES" };
  return standsThere(session, path) ? { code: "OVERWRITE", path, text: "something stands there by now" } : undefined;
}

function standsThere(session: Session, path: ByteText): boolean {
  const held = holdFolders();
  try {
    return locate(path, session.trash.caller.cwd, held).kind === "found";
  } catch (error) {
    if (codeOf(error) === "") throw error;
    return false;
  } finally {
    held.release();
  }
}

function needsTo({ path, spot }: TrashRow): CesError {
  return new CesError(
    "TRASH_NEEDS_TO",
    `another program put \`${shownText(path ?? spot.name)}\` into the trash, and what it says about the place is not believed`,
    { remedy: "name the place yourself, with `--to`" },
  );
}
