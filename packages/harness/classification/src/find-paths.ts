// Holds one path against the risky places and the hazard words of its name.
import { compileGlob } from "@ces/kernel";
import type { Hazard } from "@ces/records";
import { pathWordHazards } from "./find-words.ts";
import { hazardPaths } from "./hazard-paths.ts";

const places = hazardPaths.map((place) => ({ ...place, tests: place.globs.map((glob) => compileGlob(glob).test) }));

/** The hazards of one path or glob; a path that is not clean is as risky as a path can be. */
export function pathHazards(path: string): readonly Hazard[] {
  const shown = `\`${path.slice(0, 300)}\``;
  if (!isClean(path))
    return [
      {
        kind: "path",
        detail: `${shown} is not a plain relative path`,
        rule: "path_not_clean",
        risk_tier: "A",
        behavior_confidence: "BC3",
      },
    ];
  const folded = path.normalize("NFKC").toLowerCase();
  const named = places
    .filter((place) => place.tests.some((test) => test(folded)))
    .map(({ kind, rule, risk_tier, behavior_confidence }) => ({
      kind,
      detail: `${shown} changes`,
      rule,
      risk_tier,
      behavior_confidence,
    }));
  return [...named, ...pathWordHazards(path)];
}

function isClean(path: string): boolean {
  const folded = path.normalize("NFKC");
  return folded.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
