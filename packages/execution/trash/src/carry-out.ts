// Carries a plan out as one transaction: every step or, after an error, none.
import { renameSync, rmdirSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { encodePercent, isWithin, parentOf, shownText, type ByteText } from "./byte-text.ts";
import { noteSizes } from "./directory-sizes.ts";
import { faultOf } from "./fault.ts";
import { itemId } from "./history.ts";
import { holdFolders, locate, type HeldFolders } from "./locate.ts";
import { madeParents, type MadeParents } from "./made-parents.ts";
import { intentOf, moveOut, planLeaving, type Leaving, type Left } from "./move-out.ts";
import { below, codeOf, statAt, type At } from "./open-below.ts";
import { copyBack, giveMode, placeBack } from "./place-back.ts";
import type { Step } from "./plan-undo.ts";
import type { Taken } from "./put-aside.ts";
import { removeTree } from "./remove-tree.ts";
import { fileAt, release } from "./reserve.ts";
import type { Session } from "./session.ts";
import { withSpot } from "./spot.ts";
import { transact, type Aim, type Intended, type Outcome, type Transacting } from "./transaction.ts";
import type { TrashFolder } from "./trash-folder.ts";

/** What was done: paths that stand again, and what was put into the trash to make room for them. */
export type CarriedOut = {
  readonly txid: string | null;
  readonly restored: readonly ByteText[];
  readonly put_aside: readonly Taken[];
};

type PlaceStep = Extract<Step, { kind: "place" }>;
type GoneItem = Extract<Left, { kind: "left" }>;
type Ready =
  | { readonly kind: "aside"; readonly leaving: Leaving }
  | { readonly kind: "place"; readonly n: number; readonly step: PlaceStep };
type Performed =
  | { readonly kind: "aside"; readonly left: GoneItem }
  | { readonly kind: "place"; readonly n: number; readonly step: PlaceStep; readonly how: "moved" | "copied" };

type Carrying = {
  readonly session: Session;
  readonly transacting: Transacting;
  readonly held: HeldFolders;
  readonly parents: MadeParents;
  readonly taken: Map<string, Set<string>>;
  readonly performed: Performed[];
};

const CHUNK = 512;

/** Carries steps out. Throws CesError TRASH_UNDO_FAILED after everything was put back as it was. */
export function carryOut(session: Session, steps: readonly Step[], aim: Aim): CarriedOut {
  const transacting = transact(session, aim);
  const [held, parents] = [holdFolders(), madeParents()];
  const carrying: Carrying = { session, transacting, held, parents, taken: new Map(), performed: [] };
  try {
    for (const chunk of chunksOf(steps)) performChunk(carrying, chunk);
  } catch (error) {
    throw takeBack(carrying, error);
  } finally {
    held.release();
    parents.release();
  }
  finish(carrying);
  transacting.end("whole");
  return reported(carrying);
}

// A step inside of a folder that an earlier step places can be looked at only when that step is done.
function* chunksOf(steps: readonly Step[]): Generator<readonly Step[]> {
  let chunk: Step[] = [];
  let placed: ByteText[] = [];
  for (const step of steps) {
    if (chunk.length >= CHUNK || placed.some((path) => path !== step.path && isWithin(step.path, path))) {
      yield chunk;
      chunk = [];
      placed = [];
    }
    chunk.push(step);
    if (step.kind === "place" && step.facts.type === "folder") placed.push(step.path);
  }
  if (chunk.length > 0) yield chunk;
}

function performChunk(carrying: Carrying, steps: readonly Step[]): void {
  const { session, transacting, performed, held, parents } = carrying;
  const ready = steps.map((step) => prepare(carrying, step));
  transacting.intend(ready.map((one) => intended(one, session)));
  const before = performed.length;
  try {
    for (const one of ready) performed.push(one.kind === "aside" ? leave(carrying, one.leaving) : place(carrying, one));
  } finally {
    transacting.settle(performed.slice(before).map(outcomeOf));
    held.release();
    parents.release();
  }
}

function prepare({ session, transacting, held, taken }: Carrying, step: Step): Ready {
  const n = transacting.number();
  if (step.kind === "place") return { kind: "place", n, step };
  const found = locate(step.path, session.trash.caller.cwd, held);
  if (found.kind !== "found" || found.path !== step.path) throw changed(step.path);
  return { kind: "aside", leaving: planLeaving(session, found, n, taken) };
}

function intended(one: Ready, session: Session): Intended {
  if (one.kind === "aside") return intentOf(one.leaving, one.leaving.folder ?? session.home());
  const { path, facts, spot, from } = one.step;
  const place = { root: encodePercent(spot.root), name: encodePercent(spot.name) };
  return { n: one.n, how: "place", path: encodePercent(path), facts, spot: place, from };
}

function outcomeOf(one: Performed): Outcome {
  return one.kind === "aside" ? one.left.outcome : { n: one.n, result: "done", ino: null };
}

function leave({ session, transacting }: Carrying, leaving: Leaving): Performed {
  const left = moveOut(leaving, { session, transacting });
  if (left.kind === "left") return { kind: "aside", left };
  transacting.settle([left.outcome]);
  throw new CesError("TRASH_UNDO_FAILED", `\`${shownText(leaving.found.path)}\`: ${left.fault.text}`);
}

function place({ transacting, parents }: Carrying, { n, step }: Extract<Ready, { kind: "place" }>): Performed {
  const to = parents.placeOf(step.path);
  const covered = (ino: string): void => transacting.settle([{ n, result: "covered", ino }], "synced");
  const item = { txid: transacting.txid, n };
  const how = withSpot(step.folder, step.spot.name, (from) => {
    if (step.across === "one device" && movedBack(from, to)) return "moved" as const;
    copyBack(from, to, { item, covered });
    return "copied" as const;
  });
  if (how === undefined) throw changed(step.path);
  if (step.mode !== null) giveMode(to, step.mode);
  return { kind: "place", n, step, how };
}

// False: one device under two mounts, across which the kernel does not rename.
function movedBack(from: At, to: At): boolean {
  try {
    placeBack(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) !== "EXDEV") throw error;
    return false;
  }
}

// INVARIANT: infos stay until everything is placed, so that each step can be taken back to the very name it came from.
function finish({ performed }: Carrying): void {
  const places = performed.flatMap((one) => (one.kind === "place" ? [one] : []));
  for (const { step, how } of places) {
    if (how === "copied") withSpot(step.folder, step.spot.name, removeTree);
    forget(step.folder, step.spot.name);
  }
  const asides = performed.flatMap((one) => (one.kind === "aside" ? [one.left] : []));
  noteSizes(
    asides.filter(({ leaving }) => leaving.found.facts.isDirectory()),
    places.filter(({ step }) => step.facts.type === "folder").map(({ step }) => ({ ...step, name: step.spot.name })),
  );
}

// The info file; of a worktree's copies, when the last one is gone, the folders that held them too.
function forget(folder: TrashFolder, name: ByteText): void {
  let at = name;
  try {
    while (at.includes("/")) {
      at = parentOf(at);
      withSpot(folder, at, (spot) => rmdirSync(below(spot)));
    }
  } catch {
    return;
  }
  release(folder, at);
}

function takeBack({ performed, transacting, parents }: Carrying, error: unknown): CesError {
  for (const one of performed.toReversed()) {
    if (one.kind === "aside") unleave(one.left, parents);
    else unplace(one, parents);
  }
  transacting.settle(performed.map((one) => ({ ...outcomeOf(one), result: "not_done", ino: null })));
  transacting.end("in part");
  parents.unmake();
  const text = error instanceof CesError ? error.message : faultOf(error).text;
  return new CesError("TRASH_UNDO_FAILED", `nothing was put back: ${text}`, {
    remedy: "ces trash list",
    cause: error,
  });
}

function unplace({ step, how }: Extract<Performed, { kind: "place" }>, parents: MadeParents): void {
  const to = parents.placeOf(step.path);
  withSpot(step.folder, step.spot.name, (from) => {
    if (how === "copied") removeTree(to);
    else if (statAt(from) === undefined) renameSync(below(to), below(from));
  });
}

function unleave({ leaving, folder, name }: GoneItem, parents: MadeParents): void {
  placeBack(fileAt(folder, name), parents.placeOf(leaving.found.path));
  release(folder, name);
}

function reported({ performed, transacting }: Carrying): CarriedOut {
  const { txid } = transacting;
  return {
    txid: transacting.begun() ? txid : null,
    restored: performed.flatMap((one) => (one.kind === "place" ? [one.step.path] : [])),
    put_aside: performed.flatMap((one) =>
      one.kind === "aside" ? [{ id: itemId({ txid, n: one.left.leaving.n }), path: one.left.leaving.found.path }] : [],
    ),
  };
}

function changed(path: ByteText): CesError {
  return new CesError("TRASH_UNDO_FAILED", `\`${shownText(path)}\` changed meanwhile`);
}
