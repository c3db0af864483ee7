// Which host user a box runs as. Never root: a mapped root owns root's files on the host (S02).
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";

/** A host uid and gid. */
export type BoxUser = { readonly uid: number; readonly gid: number };

// systemd's range for dynamic users: no distribution hands these to people.
const FIRST = 61_184;
const LAST = 65_519;

/**
 * The user for a run: our own uid, or for root an unused one derived from the run id: in no account file, and the owner of
 * no box below `base`.
 * Throws CesError `BOX_USER_EXHAUSTED` when the whole range is taken.
 */
export function boxUser(run: string, base?: string): BoxUser {
  const uid = process.getuid?.() ?? 0;
  const euid = process.geteuid?.() ?? 0;
  if (uid !== 0 && euid !== 0) return { uid: euid, gid: process.getegid?.() ?? euid };
  const id = freeId(run, new Set([...accountIds(), ...(base === undefined ? [] : boxOwners(base))]));
  return { uid: id, gid: id };
}

/** The first id of the range, counted from the run's own place in it, that is not taken. */
export function freeId(run: string, taken: ReadonlySet<number>): number {
  const size = LAST - FIRST + 1;
  const start = createHash("sha256").update(run).digest().readUInt32BE(0) % size;
  for (let step = 0; step < size; step += 1) {
    const id = FIRST + ((start + step) % size);
    if (!taken.has(id)) return id;
  }
  throw new CesError("BOX_USER_EXHAUSTED", `every user id from ${FIRST} to ${LAST} is in use`, {
    remedy: "run ces as an ordinary user",
  });
}

// Two live boxes never share a user: one could signal and trace the other.
function boxOwners(base: string): readonly number[] {
  const facts = lstatSync(base, { throwIfNoEntry: false });
  if (facts === undefined) return [];
  return readdirSync(base).flatMap((name) => lstatSync(join(base, name), { throwIfNoEntry: false })?.uid ?? []);
}

function accountIds(): Set<number> {
  const ids = new Set<number>();
  for (const file of ["/etc/passwd", "/etc/group"]) {
    for (const line of readFileSync(file, "utf8").split("\n")) ids.add(Number(line.split(":")[2]));
  }
  return ids;
}
