// One thing into the trash, by a rename: reserve, rename, see that it is the thing that was judged. Another device, or a file
// system that will not rename across its own seams, means a copy (`copy-out.ts`); nothing is ever unlinked instead.
import { renameSync } from "node:fs";
import { encodePercent, nameOf, parentOf, type ByteText } from "./byte-text.ts";
import { copyOut, stayed } from "./copy-out.ts";
import { fault, faultOf, type Fault } from "./fault.ts";
import { itemId } from "./history.ts";
import { itemFacts } from "./item-facts.ts";
import type { ItemFacts } from "./journal-entry.ts";
import type { Found } from "./locate.ts";
import { below, codeOf, statAt } from "./open-below.ts";
import { renameWhole } from "./rename-whole.ts";
import { fileAt, nameSource, release, reserve } from "./reserve.ts";
import type { Session } from "./session.ts";
import type { Intended, Outcome, Transacting } from "./transaction.ts";
import type { TrashFolder } from "./trash-folder.ts";

/** One thing that is about to go. `folder` null: no trash on its device. */
export type Leaving = {
  readonly n: number;
  readonly found: Found;
  readonly facts: ItemFacts;
  readonly folder: TrashFolder | null;
  readonly name: ByteText;
  readonly nextName: () => ByteText;
};

/** What became of it. */
export type Left =
  | {
      readonly kind: "left";
      readonly leaving: Leaving;
      readonly folder: TrashFolder;
      readonly name: ByteText;
      readonly outcome: Outcome;
    }
  | { readonly kind: "stayed"; readonly leaving: Leaving; readonly fault: Fault; readonly outcome: Outcome };

/** Where something goes, and what is written down about it. */
export type Care = { readonly session: Session; readonly transacting: Transacting };

/** Chooses where a thing goes and under which name. `taken`: names of this transaction, by trash folder. */
export function planLeaving(session: Session, found: Found, n: number, taken: Map<string, Set<string>>): Leaving {
  const [folder = null] = session.on(found.dev, parentOf(found.path));
  const target = folder ?? session.home();
  const names = taken.get(target.path) ?? new Set<string>();
  taken.set(target.path, names);
  const nextName = nameSource(nameOf(found.path), target, { taken: names, random: session.trash.random });
  return { n, found, facts: itemFacts(found.at, found.facts, found.dev), folder, name: nextName(), nextName };
}

/** The intent that must stand in the journal before `moveOut`. */
export function intentOf({ n, found, facts, folder, name }: Leaving, home: TrashFolder): Intended {
  return {
    n,
    how: folder === null ? "copy" : "move",
    path: encodePercent(found.path),
    facts,
    spot: { root: encodePercent((folder ?? home).path), name: encodePercent(name) },
    from: null,
  };
}

/** Moves it. Its intent is written. */
export function moveOut(leaving: Leaving, care: Care): Left {
  try {
    return leaving.folder === null ? copyOut(leaving, care) : renameOut(leaving, leaving.folder, care);
  } catch (error) {
    return stayed(leaving, faultOf(error));
  }
}

function renameOut(leaving: Leaving, folder: TrashFolder, care: Care): Left {
  const { n, found } = leaving;
  let { name } = leaving;
  const item = itemId({ txid: care.transacting.txid, n });
  const place = { folder, item, path: found.path, epoch_ms: care.session.trash.clock.epochMs() };
  // The journal, which is on the disk, has the path: the info file need not be.
  while (!reserve({ ...place, name }, "written")) {
    name = leaving.nextName();
    care.transacting.intend([intentOf({ ...leaving, name }, folder)]);
  }
  try {
    renameWhole(found.at, fileAt(folder, name), found.facts);
  } catch (error) {
    release(folder, name);
    if (codeOf(error) !== "EXDEV") throw error;
    return copyOut({ ...leaving, name: leaving.nextName() }, care, "renew");
  }
  const swapped = putBackStranger(found, folder, name);
  if (swapped) return stayed(leaving, swapped);
  return { kind: "left", leaving, folder, name, outcome: { n, result: "done", ino: null } };
}

// SECURITY: between the look and the rename somebody may have put another thing there. It was never judged: it goes back.
function putBackStranger({ at, facts }: Found, folder: TrashFolder, name: ByteText): Fault | undefined {
  const moved = statAt(fileAt(folder, name));
  if (moved?.ino === facts.ino) return undefined;
  if (moved !== undefined && statAt(at) === undefined) {
    renameSync(below(fileAt(folder, name)), below(at));
    release(folder, name);
  }
  return fault("CHANGED", "was replaced while it was moved");
}
