// Private folders for the boxes of one command, all of one user, and their end: nothing of a box is left afterwards.
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { boxUser, prepareBoxRoot, sweepBox, type BoxUser } from "@ces/sandbox";
import type { BoxSeat } from "./box-plan.ts";

/** Seats of one execution. */
export type BoxSeats = {
  readonly user: BoxUser;
  /** A new seat; `gate` is a folder of ours that its user can reach. */
  readonly take: (name: string) => BoxSeat & { readonly gate: string };
  /** Removes the folders. Boxes that did not come to a known end are searched for first. */
  readonly clear: (end: "known" | "unknown") => Promise<void>;
};

/** Seats below `base` for the execution `run`. */
export function openBoxSeats(base: string, run: string): BoxSeats {
  const user = boxUser(run, hasEntry(base) ? base : undefined);
  const taken: string[] = [];
  return {
    user,
    take: (name) => {
      const id = `${run}-${name}`;
      const { path, lock, gate } = prepareBoxRoot(base, id, user);
      taken.push(path);
      return { run: id, root: path, lock, gate, user };
    },
    clear: async (end) => {
      for (const root of taken.splice(0)) {
        if (end === "unknown") await sweepBox(root);
        rmSync(root, { recursive: true, force: true });
      }
    },
  };
}

/** True while a box of that user has a folder below `base`: its run lives, or died and was not swept. */
export function hasSeatOf(base: string, uid: number): boolean {
  if (!hasEntry(base)) return false;
  return readdirSync(base).some((name) => lstatSync(join(base, name), { throwIfNoEntry: false })?.uid === uid);
}

function hasEntry(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
