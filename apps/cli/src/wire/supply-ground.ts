// What installs are judged against on this machine: the advisories that a person imported and the packages that one granted.
import type { InstallGround } from "@ces/guard";
import { readGrants } from "@ces/hooks";
import { accountPlaces, openImported } from "../guard-deps/advisory-index.ts";
import type { Environment } from "../secrets.ts";

/** The ground as it is now. Throws GUARD_PLACE, GUARD_RULES. */
export function supplyGround(env: Environment): InstallGround {
  const places = accountPlaces(env);
  return { advisories: openImported(places), metadata: null, grants: readGrants(places), now: Date.now() };
}
