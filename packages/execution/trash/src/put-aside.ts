// `rm` with a way back: each operand is judged as coreutils would judge it and by the floor of the guard, then moved into the
// trash. Operands go in batches, one synced write of the journal for each.
import { fromLatin1, isWithin, parentOf, type ByteText } from "./byte-text.ts";
import { noteSizes } from "./directory-sizes.ts";
import type { Fault } from "./fault.ts";
import { itemId } from "./history.ts";
import { judgeOperand } from "./judge-operand.ts";
import { holdFolders, locate, type Found, type HeldFolders, type Located } from "./locate.ts";
import { intentOf, moveOut, planLeaving, type Care, type Left } from "./move-out.ts";
import type { PutHow } from "./rm-words.ts";
import { withSession } from "./session.ts";
import { transact } from "./transaction.ts";
import type { Trash } from "./trash.ts";

/** One thing that is in the trash now: its id, and the path it had (real). */
export type Taken = { readonly id: string; readonly path: ByteText };
/** One operand that is not, and why. */
export type NotTaken = Fault & { readonly operand: ByteText };

/** What became of the operands. `txid`: null when nothing was moved. `exit`: what the program stood in for would have said. */
export type PutReport = {
  readonly txid: string | null;
  readonly taken: readonly Taken[];
  readonly not_taken: readonly NotTaken[];
  readonly exit: 0 | 1;
};

/** Things moved with one synced write; also the most folders held open. */
const BATCH = 512;

/**
 * Moves operands into the trash. Nothing is asked: `how.ask` is the caller's. Throws CesError TRASH_BUSY, TRASH_JOURNAL_FORGED,
 * TRASH_JOURNAL_WRITE, TRASH_FOLDER_UNSAFE; then nothing more is moved.
 */
export function putAside(trash: Trash, operands: readonly ByteText[], how: PutHow): PutReport {
  return withSession(trash, (session) => {
    const transacting = transact(session, { what: "put" });
    const care: Care = { session, transacting };
    const putting: Putting = {
      care,
      how,
      held: holdFolders(),
      waiting: [],
      paths: new Set(),
      taken: [],
      not_taken: [],
    };
    try {
      for (const operand of operands) for (const word of withParents(operand, how)) putOne(putting, word);
      flush(putting);
    } finally {
      putting.held.release();
    }
    transacting.end("whole");
    const { taken, not_taken } = putting;
    return {
      txid: transacting.begun() ? transacting.txid : null,
      taken,
      not_taken,
      exit: not_taken.length > 0 ? 1 : 0,
    };
  });
}

type Waiting = { readonly operand: ByteText; readonly found: Found };
type Putting = {
  readonly care: Care;
  readonly how: PutHow;
  readonly held: HeldFolders;
  waiting: Waiting[];
  readonly paths: Set<string>;
  readonly taken: Taken[];
  readonly not_taken: NotTaken[];
};

function putOne(putting: Putting, operand: ByteText): void {
  const { care, how, held } = putting;
  const { cwd } = care.session.trash.caller;
  let located = locate(operand, cwd, held);
  // What lies in a thing of this batch, is one, or must be empty and holds one, is looked at again once that is gone.
  if (isInBatch(putting, located) || (located.kind === "found" && holdsOfBatch(putting, located))) {
    flush(putting);
    located = locate(operand, cwd, held);
  }
  const judged = judgeOperand(located, how, care.session);
  if (judged.kind === "go") {
    putting.waiting.push({ operand, found: judged.found });
    putting.paths.add(judged.found.path);
    if (putting.waiting.length >= BATCH || held.size() >= BATCH || how.parents) flush(putting);
  } else if (judged.kind === "no") putting.not_taken.push({ ...judged.fault, operand });
}

// `rmdir -p a/b/c` removes `a/b/c`, then `a/b`, then `a`.
function withParents(operand: ByteText, { parents }: PutHow): readonly ByteText[] {
  if (!parents) return [operand];
  const parts = operand.replace(/\/+$/, "").split("/");
  const words = parts.map((_, index) => fromLatin1(parts.slice(0, parts.length - index).join("/")));
  return words.filter((word) => word !== "");
}

function isInBatch({ paths }: Putting, located: Located): boolean {
  if (paths.size === 0 || !("path" in located) || located.path === undefined) return false;
  for (let at = located.path; at !== "/"; at = parentOf(at)) if (paths.has(at)) return true;
  return false;
}

function holdsOfBatch({ waiting, how }: Putting, { path, facts }: Found): boolean {
  if (!facts.isDirectory() || how.recursive) return false;
  return waiting.some(({ found }) => isWithin(found.path, path));
}

function flush(putting: Putting): void {
  const { care, waiting } = putting;
  putting.waiting = [];
  putting.paths.clear();
  if (waiting.length > 0) settleBatch(putting, waiting, care);
  putting.held.release();
}

function settleBatch(putting: Putting, waiting: readonly Waiting[], care: Care): void {
  const { session, transacting } = care;
  const taken = new Map<string, Set<string>>();
  const leaving = waiting.map(({ found }) => planLeaving(session, found, transacting.number(), taken));
  transacting.intend(leaving.map((one) => intentOf(one, one.folder ?? session.home())));
  const outcomes: Left[] = [];
  try {
    for (const one of leaving) outcomes.push(moveOut(one, care));
  } finally {
    transacting.settle(outcomes.map(({ outcome }) => outcome));
  }
  for (const [index, left] of outcomes.entries()) noteOutcome(putting, waiting[index]?.operand, left);
  noteSizes(outcomes.filter(isGoneFolder));
}

type Gone = Extract<Left, { kind: "left" }>;

function isGoneFolder(left: Left): left is Gone {
  return left.kind === "left" && left.leaving.found.facts.isDirectory();
}

function noteOutcome(putting: Putting, operand: ByteText | undefined, left: Left): void {
  const { txid } = putting.care.transacting;
  const { n, found } = left.leaving;
  if (left.kind === "left") putting.taken.push({ id: itemId({ txid, n }), path: found.path });
  else putting.not_taken.push({ ...left.fault, operand: operand ?? found.path });
}
