// The advisories that a person imported, if any.
import type { Advisories } from "@ces/guard";
import type { GuardPlaces } from "@ces/hooks";

/** The compiled index of this account; null when nothing was imported. */
export function importedAdvisories(_places: GuardPlaces): Advisories | null {
  return null;
}
