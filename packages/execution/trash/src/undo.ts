// Taking back: a command's whole effect, a session's, one item. Every check comes first; either all of it stands again or nothing
// was changed and every reason is named.
import { CesError } from "@ces/kernel";
import type { ByteText } from "./byte-text.ts";
import { carryOut, type CarriedOut } from "./carry-out.ts";
import { historyOf, isLive, type History, type Item, type Transaction } from "./history.ts";
import { planUndo, type Blocker, type Wish } from "./plan-undo.ts";
import { withSession, type Session } from "./session.ts";
import type { Aim } from "./transaction.ts";
import type { Trash } from "./trash.ts";

/** `undone`: all of it. `blocked`: nothing, for these reasons. `nothing`: there is nothing (left) to put back. */
export type UndoReport =
  | ({ readonly kind: "undone"; readonly commands: readonly string[] } & CarriedOut)
  | { readonly kind: "blocked"; readonly blockers: readonly Blocker[] }
  | { readonly kind: "nothing"; readonly text: string };

/** Takes back what the newest command that is not undone did. `roots`: real paths below which files may be written. */
export function undoLast(trash: Trash, roots: readonly ByteText[]): UndoReport {
  return withSession(trash, (session) => {
    const history = historyOf(session.journal.entries());
    const open = history.filter((one) => isEffect(one) && one.undone_by === null && one.items.some(isLive));
    // A rescue copy of what no command changed after all is passed over.
    for (const command of new Set(open.map(({ begin }) => begin.command).toReversed())) {
      const report = takeBack(session, ofCommand(history, command), roots);
      if (report.kind !== "nothing") return report;
    }
    return { kind: "nothing", text: "no command has anything in the trash to put back" };
  });
}

/** Takes back what a command did, by its id or the id of one transaction. Throws CesError TRASH_UNKNOWN. */
export function undoCommand(trash: Trash, id: string, roots: readonly ByteText[]): UndoReport {
  return withSession(trash, (session) => {
    const history = historyOf(session.journal.entries());
    const byId = history.filter(({ begin }) => begin.txid === id);
    const found = byId.length > 0 ? byId : ofCommand(history, id);
    if (found.length === 0) throw unknown(`no command \`${id}\` stands in the journal of the trash`);
    return takeBack(session, found, roots);
  });
}

/** Takes back everything a session did: each path as it was before the session's first command. Throws CesError TRASH_UNKNOWN. */
export function undoSession(trash: Trash, id: string, roots: readonly ByteText[]): UndoReport {
  return withSession(trash, (session) => {
    const history = historyOf(session.journal.entries());
    const found = history.filter((one) => one.begin.session === id && isEffect(one));
    if (found.length === 0) throw unknown(`no session \`${id}\` stands in the journal of the trash`);
    return takeBack(session, found, roots);
  });
}

/** Takes wishes back as one transaction. */
export function putBack(
  session: Session,
  wishes: readonly Wish[],
  how: Aim & { readonly roots: readonly ByteText[] },
): UndoReport {
  const plan = planUndo(session, wishes, how.roots);
  if (plan.kind === "blocked") return plan;
  if (plan.steps.length === 0) return { kind: "nothing", text: "everything is as it was already" };
  return { kind: "undone", commands: [], ...carryOut(session, plan.steps, how) };
}

/** Nothing has that name. */
export function unknown(message: string): CesError {
  return new CesError("TRASH_UNKNOWN", message, { remedy: "ces trash list" });
}

function ofCommand(history: History, command: string): History {
  return history.filter((one) => one.begin.command === command && isEffect(one));
}

// What people and agents did, not what was taken back.
function isEffect({ begin }: Transaction): boolean {
  return begin.what === "put" || begin.what === "keep";
}

function takeBack(session: Session, transactions: History, roots: readonly ByteText[]): UndoReport {
  const open = transactions.filter(({ undone_by }) => undone_by === null);
  const [first] = transactions;
  if (open.length === 0) return { kind: "nothing", text: `it was undone already, by ${first?.undone_by ?? ""}` };
  const wishes = oldestVersions(open);
  if (wishes.length === 0) return { kind: "nothing", text: "nothing of it is left to put back" };
  const undoes = open.map(({ begin }) => begin.txid);
  const report = putBack(session, wishes, { what: "undo", undoes, roots });
  const commands = [...new Set(open.map(({ begin }) => begin.command))];
  return report.kind === "undone" ? { ...report, commands } : report;
}

// What a path was before the first of the transactions is what it becomes; later versions of it stay in the trash. What went last
// comes back first, so that a folder stands before what was taken out of it earlier.
function oldestVersions(transactions: History): readonly Wish[] {
  const chosen = new Map<ByteText, Wish>();
  for (const item of transactions.flatMap(({ items }) => items)) {
    if (!isLive(item) && !isCleared(item)) continue;
    const { path } = item;
    const earlier = chosen.get(path);
    if (!earlier) chosen.set(path, wishFor(item));
    // What a transaction put there itself gives way to what was there before it.
    else if (item.how === "place") chosen.set(path, { ...earlier, occupant: "aside" });
  }
  return [...chosen.values()].toReversed();
}

/** The wish to have an item where it was. */
export function wishFor(item: Item): Wish {
  return { item, path: item.path, occupant: item.how === "keep" ? "aside" : "blocks" };
}

function isCleared({ how, result, gone }: Item): boolean {
  return result === "done" && gone?.what === "cleared" && how !== "snapshot";
}
