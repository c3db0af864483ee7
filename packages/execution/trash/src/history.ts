// What the journal's entries add up to: transactions, and for each item where it is now.
import { CesError } from "@ces/kernel";
import { decodePercent, type ByteText } from "./byte-text.ts";
import type { Begin, Entry, How, Intent, ItemFacts, ItemRef, Settled, Spot } from "./journal-entry.ts";

/** One item. `result`: `pending` until it is settled. `gone`: what happened to it later, and by which transaction. */
export type Item = ItemRef & {
  readonly how: How;
  readonly path: ByteText;
  readonly facts: ItemFacts | null;
  readonly spot: Spot | null;
  readonly from: ItemRef | null;
  readonly result: "pending" | Settled["result"];
  readonly ino: string | null;
  readonly gone: { readonly what: "restored" | "cleared"; readonly by: string } | null;
};

/** One transaction, its items by number. `undone_by`: a transaction that took it back whole. */
export type Transaction = {
  readonly begin: Begin;
  readonly items: readonly Item[];
  readonly ended: boolean;
  readonly undone_by: string | null;
};

/** Everything, oldest first. */
export type History = readonly Transaction[];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Building = {
  begin: Begin;
  items: Map<number, Mutable<Item>>;
  whole: boolean;
  ended: boolean;
  undone_by: string | null;
};

/** Adds up entries that the journal has verified. */
export function historyOf(entries: readonly Entry[]): History {
  const open = new Map<string, Building>();
  for (const entry of entries) addEntry(open, entry);
  for (const one of open.values()) markOthers(open, one);
  return [...open.values()].map(({ begin, items, ended, undone_by }) => ({
    begin,
    items: [...items.values()],
    ended,
    undone_by,
  }));
}

/** True for an item that can still be put back (or, placed, be taken away again). */
export function isLive(item: Item): boolean {
  return item.result === "done" && item.gone === null && item.how !== "drop" && item.how !== "snapshot";
}

/** The name under which people and commands speak of an item. */
export function itemId({ txid, n }: ItemRef): string {
  return `${txid}.${n}`;
}

function addEntry(open: Map<string, Building>, entry: Entry): void {
  if (entry.kind === "begin") {
    open.set(entry.txid, { begin: entry, items: new Map(), whole: false, ended: false, undone_by: null });
    return;
  }
  const building = open.get(entry.txid);
  if (!building) throw broken();
  if (entry.kind === "intent") {
    building.items.set(entry.n, itemOf(entry));
  } else if (entry.kind === "settled") {
    const item = building.items.get(entry.n);
    if (!item) throw broken();
    item.result = entry.result;
    item.ino = entry.ino ?? item.ino;
  } else {
    building.ended = true;
    building.whole = entry.whole;
  }
}

function itemOf(intent: Intent): Mutable<Item> {
  const { txid, n, how, facts, from, spot } = intent;
  return {
    txid,
    n,
    how,
    path: bytesOf(intent.path),
    facts,
    spot: spot && { root: bytesOf(spot.root), name: bytesOf(spot.name) },
    from,
    result: "pending",
    ino: null,
    gone: null,
  };
}

// What a transaction did to items of earlier ones.
function markOthers(open: ReadonlyMap<string, Building>, { begin, items, whole }: Building): void {
  for (const { from, how, result } of items.values()) {
    const target = from && open.get(from.txid)?.items.get(from.n);
    if (!target || result !== "done") continue;
    const what = how === "drop" ? "cleared" : "restored";
    target.gone = { what, by: begin.txid };
    if (target.how !== "snapshot") continue;
    for (const copy of open.get(target.txid)?.items.values() ?? [])
      if (copy.how === "keep") copy.gone ??= { what, by: begin.txid };
  }
  if (!whole) return;
  for (const txid of begin.undoes) {
    const undone = open.get(txid);
    if (undone) undone.undone_by = begin.txid;
  }
}

function bytesOf(text: string): ByteText {
  const path = decodePercent(text);
  if (path === undefined) throw broken();
  return path;
}

// INVARIANT: entries are verified before they come here, so this is a fault of ours or another version's journal.
function broken(): CesError {
  return new CesError("TRASH_JOURNAL_FORGED", "the journal of the trash tells no whole story", {
    remedy: "move `trash.jsonl` in the guard's state folder away; the trash keeps its items",
  });
}
