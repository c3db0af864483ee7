// A range in the grammar of its ecosystem.
import type { Ecosystem } from "../advisories.ts";
import type { VersionRange } from "./comparator.ts";
import { cargoRange, npmRange } from "./npm-range.ts";
import { goRange, packagistRange, rubygemsRange } from "./other-ranges.ts";
import { pep440Range } from "./pep440-range.ts";

/** The range as data; undefined when the text is none: a tag, a branch, nonsense. Linear. */
export function readRange(ecosystem: Ecosystem, text: string): VersionRange | undefined {
  switch (ecosystem) {
    case "npm":
      return npmRange(text);
    case "crates.io":
      return cargoRange(text);
    case "PyPI":
      return pep440Range(text);
    case "RubyGems":
      return rubygemsRange(text);
    case "Packagist":
      return packagistRange(text);
    case "Go":
      return goRange(text);
    default:
      return ecosystem satisfies never;
  }
}

/** The one version that a range admits, when it is such a range. */
export function exactVersion(range: VersionRange): string | undefined {
  const [clause, ...others] = range;
  const [comparator, ...rest] = clause ?? [];
  return others.length === 0 && rest.length === 0 && comparator?.op === "=" ? comparator.version : undefined;
}
