// Where the state of CES lives: outside every project, ours, 0700, no link (DESIGN §3, S07).
import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { ownedDirectory } from "./owned-directory.ts";
import { checkComponents, unsafe } from "./owned-path.ts";
import { repositoryAbove } from "./repository-above.ts";

/** The two variables that place the state, as the process has them, and the project at hand. */
export type StatePlace = {
  readonly xdg_state_home: string | undefined;
  readonly home: string | undefined;
  readonly project_root: string;
};

/** The folder `ces/` below the user's state folder, made if missing. Throws CesError STATE_UNSAFE (exit 5). */
export function stateDirectory(place: StatePlace): string {
  const path = join(stateHome(place), "ces");
  checkComponents(path);
  refuseInside(path, place.project_root);
  return ownedDirectory(path);
}

/** True when `path` is `folder` or below it. Both are real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function stateHome(place: StatePlace): string {
  const named = place.xdg_state_home;
  if (named !== undefined && named !== "") {
    if (!isAbsolute(named)) throw unsafe(`XDG_STATE_HOME is \`${named}\`, which is not absolute`);
    return join(named);
  }
  if (!place.home || !isAbsolute(place.home)) throw unsafe("HOME names no absolute folder");
  return join(place.home, ".local", "state");
}

// SECURITY: state inside a worktree would be mounted, committed and writable by an agent.
function refuseInside(path: string, project: string): void {
  if (isInside(realExisting(path), realpathSync(project))) throw unsafe(`\`${path}\` lies inside the project`);
  const repository = repositoryAbove(path);
  if (repository !== undefined) throw unsafe(`\`${path}\` lies inside the repository \`${repository}\``);
}

function realExisting(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false })) return realpathSync(path);
  return join(realExisting(dirname(path)), relative(dirname(path), path));
}
