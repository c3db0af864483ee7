// Writing the rules that a person added: apart from reading them, since a hook never writes any.
import type { AllowRule } from "@ces/guard";
import { allowList } from "./allow-file.ts";
import type { GuardPlaces } from "./guard-places.ts";
import { writePersonList } from "./write-person-list.ts";

/** Replaces the rules; the old file or the new one is there, never half. */
export function writeAllowRules(places: GuardPlaces, rules: readonly AllowRule[]): void {
  const plain = rules.map((rule) => ({ ...rule, subcommand: [...rule.subcommand], options: [...rule.options] }));
  writePersonList(places, allowList, plain);
}
