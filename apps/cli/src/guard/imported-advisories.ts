// The advisories that a person imported, if any.
import type { Advisories } from "@ces/guard";
import type { GuardPlaces } from "@ces/hooks";
import { openImported } from "../guard-deps/advisory-index.ts";

/** The compiled index of this account; null when nothing was imported. */
export const importedAdvisories = (places: GuardPlaces): Advisories | null => openImported(places);
