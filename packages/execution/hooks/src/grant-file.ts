// Packages that a person granted although something stands against them: an exact name, version and hash, nothing wider.
import type { Grant } from "@ces/guard";
import type { Json } from "@ces/kernel";
import type { GuardPlaces } from "./guard-places.ts";
import { type PersonList, readPersonList } from "./person-list.ts";
import { writePersonList } from "./write-person-list.ts";

/** A grant with the day it was given, `YYYY-MM-DD`, and the account that gave it. */
export interface StoredGrant extends Grant {
  readonly granted_on: string;
  readonly by: string;
}

const grantList: PersonList = { file: "grants.json", schema: "ces.guard-grants/v1", member: "grants" };

/** All grants. Throws CesError `GUARD_RULES` for a file that was changed by others. */
export const readGrants = (places: GuardPlaces): readonly StoredGrant[] =>
  readPersonList(places, grantList).map(grantOf);

/** Replaces the grants; the old file or the new one is there, never half. */
export function writeGrants(places: GuardPlaces, grants: readonly StoredGrant[]): void {
  writePersonList(
    places,
    grantList,
    grants.map((grant) => ({ ...grant })),
  );
}

// What carries the MAC was written by `writeGrants`.
const grantOf = (value: Json): StoredGrant => value as unknown as StoredGrant;
