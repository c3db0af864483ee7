// A word of an install command in the grammar of its ecosystem.
import type { Ecosystem } from "../advisories.ts";
import { npmSpec } from "./npm-spec.ts";
import { cargoSpec, composerSpec, gemSpec, goSpec } from "./other-specs.ts";
import { pipSpec } from "./pip-spec.ts";
import { shownWord, type Requirement } from "./requirement.ts";

const MAX_WORD = 2_048;

/** The requirement. Never throws; what cannot be read has no name and wants anything. Linear. */
export function readSpec(ecosystem: Ecosystem, word: string): Requirement {
  if (word.length > MAX_WORD)
    return {
      ecosystem,
      text: shownWord(word),
      name: null,
      wanted: { kind: "unknown", text: "" },
      source: { kind: "url", at: shownWord(word) },
    };
  switch (ecosystem) {
    case "npm":
      return npmSpec(word);
    case "PyPI":
      return pipSpec(word);
    case "crates.io":
      return cargoSpec(word);
    case "Go":
      return goSpec(word);
    case "RubyGems":
      return gemSpec(word);
    case "Packagist":
      return composerSpec(word);
    default:
      return ecosystem satisfies never;
  }
}
