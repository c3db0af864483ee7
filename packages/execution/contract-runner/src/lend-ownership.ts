// As root a command runs as a user that owns nothing (S02). What it was granted is lent to that user: whatever it could not read or
// write otherwise changes its owner for the time of the run, and gets the old one back. A journal is written first, so that a run
// that died is made good by the next one.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import type { BoxUser } from "@ces/sandbox";
import type { Grant } from "./grant-scope.ts";
import { isBelow } from "./real-path.ts";
import { walkFolder, type Entry } from "./walk-folder.ts";

/** `folder` is ours and holds the journals; nothing at or below `keepOut` is ever lent. */
export type LoanGround = { readonly folder: string; readonly keepOut: readonly string[] };

/** Something lent. Call `giveBack` once, when no process of the run is left. */
export type Loan = { readonly giveBack: () => void };

/** A place as the journal names it; `owner` is who gets what the run made there. */
type LentPlace = {
  readonly source: string;
  readonly dev: string;
  readonly ino: string;
  readonly owner: readonly [uid: number, gid: number];
};

/** `owners`: inode → who it belongs to. */
type Journal = {
  readonly user: number;
  readonly places: readonly LentPlace[];
  readonly keepOut: readonly string[];
  readonly owners: Readonly<Record<string, readonly [uid: number, gid: number]>>;
};

const MOST_NAMES = 500_000;
const NOTHING: Loan = { giveBack: () => undefined };

/**
 * Lends the grants to the user. Does nothing for an ordinary user. Throws CesError `BOX_LEND` when something cannot be lent; nothing is
 * lent then.
 */
export function lendOwnership(grants: readonly Grant[], user: BoxUser, ground: LoanGround): Loan {
  if (process.geteuid?.() !== 0) return NOTHING;
  const journal = plan(grants, user, ground.keepOut);
  // Nothing to lend, and no place in which the box's user could make something.
  if (Object.keys(journal.owners).length === 0 && grants.every(({ access }) => access === "read")) return NOTHING;
  const path = join(ground.folder, `loan-${user.uid}.json`);
  writeJournal(path, journal);
  const giveBack = (): void => returnLoan(journal, path);
  try {
    for (const place of journal.places)
      each(journal, place, (entry) => {
        const [, gid] = journal.owners[inode(entry)] ?? [];
        if (gid !== undefined) entry.give(user.uid, gid);
      });
  } catch (error) {
    giveBack();
    const why = error instanceof Error ? error.message : "it failed";
    throw new CesError("BOX_LEND", `the declared places cannot be used by the box's user: ${why}`, {
      remedy: "run ces as the user who owns these places",
      cause: error,
    });
  }
  return { giveBack };
}

/** Gives back what runs that died had lent; `isRunning` spares those that live. As root only; does nothing otherwise. */
export function returnOldLoans(folder: string, isRunning: (uid: number) => boolean): void {
  if (process.geteuid?.() !== 0) return;
  for (const name of readdirSync(folder)) {
    const uid = /^loan-(\d+)\.json$/.exec(name)?.[1];
    if (uid === undefined || isRunning(Number(uid))) continue;
    const path = join(folder, name);
    const journal = parsed(readFileSync(path, "utf8"));
    // One that a crash cut was written before anything was lent.
    if (journal === undefined) rmSync(path, { force: true });
    else returnLoan(journal, path);
  }
}

function plan(grants: readonly Grant[], user: BoxUser, keepOut: readonly string[]): Journal {
  const owners: Record<string, readonly [number, number]> = {};
  const places = grants.map(({ source, dev, ino, access, inside }): LentPlace => {
    let owner: readonly [number, number] = [0, 0];
    const end = walkFolder({ source, dev, ino }, { most: MOST_NAMES, skip: keepOut }, (entry) => {
      const now = [Number(entry.stat.uid), Number(entry.stat.gid)] as const;
      if (entry.path === source) owner = now;
      // A folder above the trust domain stays whose it is: it is looked at by everybody who opens that domain.
      if (keepOut.some((kept) => isBelow(kept, entry.path))) return;
      const needs = access === "write" ? needsWriting(entry.stat) : needsReading(entry.stat);
      if (needs && now[0] !== user.uid) owners[inode(entry)] = now;
    });
    if (end.kind === "too_many")
      throw new CesError("BOX_LEND", `\`${inside}\` holds more than ${MOST_NAMES} names`, {
        remedy: "run ces as the user who owns this place",
      });
    return { source, dev: `${dev}`, ino: `${ino}`, owner };
  });
  return { user: user.uid, places, keepOut, owners };
}

// SECURITY: a file with a second name elsewhere is never lent for writing: it stays somebody else's. One with set-id bits would lose
// them with its owner.
function needsWriting(stat: Entry["stat"]): boolean {
  return stat.isDirectory() || (stat.isFile() && stat.nlink === 1n && (stat.mode & 0o6000n) === 0n);
}

function needsReading(stat: Entry["stat"]): boolean {
  if (stat.isDirectory()) return (stat.mode & 0o005n) !== 0o005n;
  return stat.isFile() && (stat.mode & 0o004n) === 0n && (stat.mode & 0o6000n) === 0n;
}

function returnLoan(journal: Journal, path: string): void {
  const { user, places, owners } = journal;
  for (const place of places)
    each(journal, place, (entry) => {
      const [uid, gid] = owners[inode(entry)] ?? place.owner;
      if (Number(entry.stat.uid) === user) entry.give(uid, gid);
    });
  rmSync(path, { force: true });
}

function each({ keepOut }: Journal, { source, dev, ino }: LentPlace, visit: (entry: Entry) => void): void {
  const bound = { most: Number.MAX_SAFE_INTEGER, skip: keepOut };
  walkFolder({ source, dev: BigInt(dev), ino: BigInt(ino) }, bound, visit);
}

function inode({ stat }: Entry): string {
  return `${stat.dev}:${stat.ino}`;
}

function parsed(text: string): Journal | undefined {
  try {
    return JSON.parse(text) as Journal; // ours, in a folder that is ours
  } catch {
    return undefined;
  }
}

function writeJournal(path: string, journal: Journal): void {
  const fd = openSync(path, "wx", 0o600);
  try {
    writeSync(fd, JSON.stringify(journal));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
