// The guard's own folders: state and configuration of one account. Ours, 0700, no link: an agent that could put a link there
// would choose what the guard reads and writes.
import { lstatSync, mkdirSync } from "node:fs";
import { CesError } from "@ces/kernel";

/** The variables that place them. */
export interface PlaceNames {
  readonly HOME?: string | undefined;
  readonly XDG_STATE_HOME?: string | undefined;
  readonly XDG_CONFIG_HOME?: string | undefined;
}

/** Absolute paths; nothing is made yet. */
export interface GuardPlaces {
  readonly home: string;
  /** `${XDG_STATE_HOME:-~/.local/state}/ces` and `/guard` below it. */
  readonly ces_state: string;
  readonly state: string;
  /** `${XDG_CONFIG_HOME:-~/.config}/ces` and `/guard.json` below it. */
  readonly ces_config: string;
  readonly config: string;
}

/** Where the guard's files are. Throws CesError `GUARD_PLACE` without an absolute home. */
export function guardPlaces(names: PlaceNames): GuardPlaces {
  const home = absolute(names.HOME);
  if (home === undefined) throw place("HOME names no absolute folder");
  const ces_state = `${absolute(names.XDG_STATE_HOME) ?? `${home}/.local/state`}/ces`;
  const ces_config = `${absolute(names.XDG_CONFIG_HOME) ?? `${home}/.config`}/ces`;
  return { home, ces_state, state: `${ces_state}/guard`, ces_config, config: `${ces_config}/guard.json` };
}

// A relative value is ignored, as its specification says.
function absolute(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith("/") || path.includes("\0")) return undefined;
  return path.replace(/\/+$/, "") || "/";
}

/** Makes the state folder if it is missing and checks it. Throws CesError `GUARD_PLACE`. */
export function ownState(places: GuardPlaces): string {
  for (const path of [places.ces_state, places.state]) {
    makeFolder(path);
    checkOurs(path, "dir");
  }
  return places.state;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700, recursive: true });
  } catch (error) {
    throw place(`\`${path}\` cannot be made`, error);
  }
}

/** Throws CesError `GUARD_PLACE` unless `path` is a folder or regular file of this account that nobody else may write. */
export function checkOurs(path: string, kind: "dir" | "file"): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw place(`\`${path}\` is gone`);
  if (!(kind === "dir" ? stats.isDirectory() : stats.isFile()))
    throw place(`\`${path}\` is no ${kind === "dir" ? "folder" : "regular file"}`);
  if (stats.uid !== process.geteuid?.()) throw place(`\`${path}\` belongs to another user`);
  if ((stats.mode & 0o022) !== 0) throw place(`others may write \`${path}\``);
}

const place = (fault: string, cause?: unknown): CesError =>
  new CesError("GUARD_PLACE", `the guard's own files must be ours alone, but ${fault}`, {
    remedy: "ces guard doctor",
    ...(cause === undefined ? {} : { cause }),
  });
