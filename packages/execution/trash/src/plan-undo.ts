// What putting items back would do, step by step, or every reason why not. Nothing is changed here (all or report). SECURITY: S26 —
// a recorded path is believed only below a root the person named, on its own device, with no link on the way.
import { isWithin, type ByteText } from "./byte-text.ts";
import { compareTrees } from "./compare-trees.ts";
import { itemId, type Item } from "./history.ts";
import { changeOf, itemFacts } from "./item-facts.ts";
import type { ItemFacts, ItemRef, Spot } from "./journal-entry.ts";
import { openLookout, type Look, type Lookout } from "./look-ahead.ts";
import { statAt, type At } from "./open-below.ts";
import { isKept, refusePlace } from "./refuse-place.ts";
import type { Session } from "./session.ts";
import { withSpot } from "./spot.ts";
import type { TrashFolder } from "./trash-folder.ts";

/** One reason why a thing cannot be put back. */
export type Blocker = {
  readonly code: "OUTSIDE" | "OVERWRITE" | "LINK" | "DEVICE" | "GONE" | "CHANGED" | "CLEARED" | "KEPT" | "REFUSED";
  readonly path: ByteText;
  readonly text: string;
};

/** `aside`: what stands there now goes into the trash first. `place`: what lies in the trash goes to `path`. */
export type Step =
  | { readonly kind: "aside"; readonly path: ByteText }
  | {
      readonly kind: "place";
      readonly path: ByteText;
      readonly folder: TrashFolder;
      readonly spot: Spot;
      readonly facts: ItemFacts;
      readonly from: ItemRef | null;
      /** The mode it had, where the journal knows. */
      readonly mode: number | null;
      readonly across: "one device" | "devices";
    };

/** The steps, in order, or the blockers. */
export type Plan =
  | { readonly kind: "steps"; readonly steps: readonly Step[] }
  | { readonly kind: "blocked"; readonly blockers: readonly Blocker[] };

/**
 * What is put back where: an item, at its own path or at the one that was asked for. `occupant`: what is done with a thing that
 * stands there. For a rescue copy it is put aside if it differs, since the item never left.
 */
export type Wish = { readonly item: Item; readonly path: ByteText; readonly occupant: "blocks" | "aside" };

/** Plans for wishes in the order they are carried out. `roots` are real paths. */
export function planUndo(session: Session, wishes: readonly Wish[], roots: readonly ByteText[]): Plan {
  const lookout = openLookout();
  const planning: Planning = { session, roots, lookout, steps: [], blockers: [] };
  try {
    for (const wish of wishes) planOne(planning, wish);
  } finally {
    lookout.close();
  }
  const { steps, blockers } = planning;
  return blockers.length > 0 ? { kind: "blocked", blockers } : { kind: "steps", steps };
}

type Planning = {
  readonly session: Session;
  readonly roots: readonly ByteText[];
  readonly lookout: Lookout;
  readonly steps: Step[];
  readonly blockers: Blocker[];
};

function planOne(planning: Planning, wish: Wish): void {
  const { item, path } = wish;
  const block = (code: Blocker["code"], text: string): void => void planning.blockers.push({ code, path, text });
  if (!planning.roots.some((root) => path !== root && isWithin(path, root)))
    return block("OUTSIDE", "lies outside of what may be written here");
  if (isKept(path, planning.session.guarded)) return block("KEPT", "lies in the trash or the state of CES");
  if (item.gone?.what === "cleared") return block("CLEARED", "was cleared from the trash");
  const look = planning.lookout.at(path);
  if (look.kind === "lost") return block("LINK", "lies behind a link or something that is no folder");
  if (item.how === "absent" || item.how === "place") {
    if (look.kind === "at") planAside(planning, path, look);
    return;
  }
  planPlace(planning, wish, look);
}

function planAside(planning: Planning, path: ByteText, look: Extract<Look, { kind: "at" }>): void {
  const refused = refusePlace(path, look.facts, planning.session.guarded);
  if (refused === undefined) planning.steps.push({ kind: "aside", path });
  else planning.blockers.push({ code: "REFUSED", path, text: refused });
}

function planPlace(planning: Planning, wish: Wish, look: Exclude<Look, { kind: "lost" }>): void {
  const { spot } = wish.item;
  const folder = spot && planning.session.at(spot.root);
  const reached =
    folder &&
    withSpot(folder, spot.name, (at) => {
      const blocked = planFrom(planning, wish, { at, folder, spot, look });
      if (blocked) planning.blockers.push({ ...blocked, path: wish.path });
      return true;
    });
  if (!reached) planning.blockers.push({ code: "GONE", path: wish.path, text: "is not in the trash any more" });
}

type Trashed = {
  readonly at: At;
  readonly folder: TrashFolder;
  readonly spot: Spot;
  readonly look: Exclude<Look, { kind: "lost" }>;
};

function planFrom(planning: Planning, wish: Wish, trashed: Trashed): Omit<Blocker, "path"> | undefined {
  const { item, path } = wish;
  const { at, folder, spot, look } = trashed;
  const now = statAt(at);
  if (now === undefined || item.facts === null) return { code: "GONE", text: "is not in the trash any more" };
  const changed = changeOf(at, now, item.facts, item.ino ?? item.facts.ino);
  if (changed !== undefined) return { code: "CHANGED", text: `${changed} (${itemId(item)})` };
  if (look.kind === "at") {
    if (wish.occupant === "blocks" && !isRest(item, at, look.at))
      return { code: "OVERWRITE", text: "something stands there by now" };
    if (compareTrees(at, look.at, { content: "bytes" }) === undefined) return undefined;
    planAside(planning, path, look);
  }
  const { dev } = look;
  const across = crossing(folder, dev, wish);
  if (across === undefined) return { code: "DEVICE", text: "the folder it was in is on another device now" };
  const from = { txid: item.txid, n: item.n };
  const facts = itemFacts(at, now, folder.dev);
  planning.steps.push({ kind: "place", path, folder, spot, facts, from, mode: item.facts.mode, across });
  if (now.isDirectory()) planning.lookout.willStand(path, at, dev);
  return undefined;
}

// What could not be removed after it was copied: all of it lies in the copy too.
function isRest({ how }: Item, copy: At, rest: At): boolean {
  return how === "copy" && compareTrees(copy, rest, { content: "bytes", extent: "part" }) === undefined;
}

// A copy from another device goes back to that device only; whoever names another place names its device too.
function crossing(folder: TrashFolder, dev: bigint, { item, path }: Wish): "one device" | "devices" | undefined {
  const known = item.how !== "move" && String(dev) === item.facts?.dev;
  const named = path !== item.path;
  // A volume that is not mounted leaves an empty folder on the very device of the trash.
  if (dev === folder.dev) return item.how === "copy" && !known && !named ? undefined : "one device";
  return known || named ? "devices" : undefined;
}
