// Where the compiled advisory data of this account lies, and opening it so that damage refuses installs instead of everything.
import { openAdvisories } from "@ces/advisories";
import type { Advisories } from "@ces/guard";
import { type GuardPlaces, guardPlaces } from "@ces/hooks";
import { isCesError } from "@ces/kernel";
import type { Environment } from "../secrets.ts";

/** The file, below the guard's own state. */
export const advisoryIndexPath = (places: GuardPlaces): string => `${places.state}/advisories.index`;

/** The guard's places for this account. Throws CesError `GUARD_PLACE`. */
export const accountPlaces = ({ HOME, XDG_STATE_HOME, XDG_CONFIG_HOME }: Environment): GuardPlaces =>
  guardPlaces({ HOME, XDG_STATE_HOME, XDG_CONFIG_HOME });

/** The advisories that were imported; null when there are none. A file that cannot be believed is advisories with a fault. */
export function openImported(places: GuardPlaces): Advisories | null {
  try {
    return openAdvisories(advisoryIndexPath(places));
  } catch (error) {
    if (!isCesError(error)) throw error;
    const { message } = error;
    return { as_of: 0, covers: () => true, find: () => [], about: () => [], fault: () => message };
  }
}
