// What the registry's own data says against one version: too young, given up, with scripts, from other hands than before.
import { printable } from "@ces/kernel";
import type { Ecosystem } from "../advisories.ts";
import { FRESH_DAYS } from "./data-age.ts";
import type { InstallGround } from "./install-request.ts";

const DAY = 86_400_000;

/** Each completes "…; ". Empty where nothing is known and where nothing is wrong. */
export function versionNotes(
  ecosystem: Ecosystem,
  name: string,
  version: string,
  ground: InstallGround,
): readonly string[] {
  const facts = ground.metadata?.(ecosystem, name, version) ?? null;
  if (facts === null) return [];
  const days = facts.published === null ? null : Math.floor((ground.now - facts.published) / DAY);
  return [
    ...(days !== null && days < FRESH_DAYS ? [`it was published ${days} days ago`] : []),
    ...(facts.deprecated === null ? [] : [`it is deprecated: ${printable(facts.deprecated, { max: 80 })}`]),
    ...(facts.scripts ? ["it runs a script when it is installed"] : []),
    ...(facts.trust_lost ? ["it was published by other hands than the version before"] : []),
  ];
}
