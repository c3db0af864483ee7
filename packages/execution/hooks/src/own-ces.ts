// The name under which agents are told to call `ces`: a link in the guard's own state, which they cannot change and which does
// not depend on their PATH. The judge knows the program behind a link by its last name.
import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { type GuardPlaces, ownState } from "./guard-places.ts";

const linkPath = ({ state }: GuardPlaces): string => `${state}/ces`;

/** The link, if the installation made it; null when there is none, then `ces` of PATH is named. Never throws. */
export function ownCes(places: GuardPlaces): string | null {
  const path = linkPath(places);
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? path : null;
}

/** Makes the link, or lets it lead to another installation. Throws CesError `GUARD_PLACE`. */
export function linkOwnCes(places: GuardPlaces, program: string): void {
  ownState(places);
  const path = linkPath(places);
  if (ownCes(places) !== null && readlinkSync(path) === program) return;
  const fresh = `${path}.${process.pid}`;
  rmSync(fresh, { force: true });
  symlinkSync(program, fresh);
  renameSync(fresh, path);
}
