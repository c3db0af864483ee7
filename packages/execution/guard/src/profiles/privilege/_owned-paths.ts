// Changing modes, owners and lists of paths: the path policy, and what walking down from a path adds to it.
import type { Arg } from "../../arg.ts";
import { isWithin } from "../../paths/fold-path.ts";
import type { Place } from "../../paths/place.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shown } from "../_words.ts";

/** How paths are changed. `closes`: it only takes rights of others away. */
export interface Change {
  readonly what: string;
  readonly recursive: boolean;
  readonly closes?: boolean;
}

/** The outcome of changing `paths`. */
export const changePaths = (on: Evaluation, paths: readonly Arg[], change: Change): readonly Outcome[] =>
  paths.map((path) => changePath(on, path, change));

function changePath(on: Evaluation, path: Arg, { what, recursive, closes = false }: Change): Outcome {
  const places = on.places(path);
  // A walk from a place outside the workspace changes whatever lies below it.
  if (recursive && places.some(({ zone, real_zone }) => beyond.has(zone) || beyond.has(real_zone)))
    return on.effect("system.metadata", `${what} everything below \`${shown(path)}\``);
  if (places.length > 0 && places.every((place) => isOwnSecret(place, on) || (closes && isKey(place))))
    return on.fine();
  return on.metadata(path, what);
}

const beyond: ReadonlySet<Place["zone"]> = new Set(["home", "outside", "unknown", "secret", "ssh", "startup"]);

// `chmod 600 ~/.ssh/id_ed25519` makes it safer; a project's own `.env` is the project's.
const isKey = ({ zone, real_zone, through_link }: Place): boolean =>
  (zone === "secret" || zone === "ssh") && (real_zone === "secret" || real_zone === "ssh") && !through_link;
const isOwnSecret = ({ zone, real }: Place, { setting }: Evaluation): boolean =>
  zone === "secret" && real !== null && setting.workspaces.some((root) => isWithin(real, root));
