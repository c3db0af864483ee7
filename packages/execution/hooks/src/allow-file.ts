// The rules that a person added at a terminal, as they are kept.
import type { AllowRule } from "@ces/guard";
import type { Json } from "@ces/kernel";
import type { GuardPlaces } from "./guard-places.ts";
import { type PersonList, readPersonList } from "./person-list.ts";

/** The file of the rules. */
export const allowList: PersonList = { file: "allow.json", schema: "ces.guard-allow/v1", member: "rules" };

/** Rules that are in force at `now` (milliseconds since 1970). Throws CesError `GUARD_RULES` for a file that was changed by others. */
export function readAllowRules(places: GuardPlaces, now: number): readonly AllowRule[] {
  return readAll(places).filter(({ expires }) => expires > now);
}

/** All rules, the expired too. */
export const readAll = (places: GuardPlaces): readonly AllowRule[] => readPersonList(places, allowList).map(ruleOf);

// What carries the MAC was written by `writeAllowRules`.
const ruleOf = (value: Json): AllowRule => value as unknown as AllowRule;
