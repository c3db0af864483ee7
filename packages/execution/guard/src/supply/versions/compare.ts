// Which of two versions is the later one, as the ecosystem counts.
import type { Ecosystem } from "../advisories.ts";
import { packagistKey } from "./packagist.ts";
import { pep440Key } from "./pep440.ts";
import { rubygemsKey } from "./rubygems.ts";
import { semverKey } from "./semver.ts";
import { compareKeys, MAX_VERSION, type VersionKey } from "./version-key.ts";

/** The comparable form of a version; undefined when the ecosystem knows no such version. Linear in its length, which is bounded. */
export function versionKey(ecosystem: Ecosystem, version: string): VersionKey | undefined {
  if (version.length > MAX_VERSION) return undefined;
  switch (ecosystem) {
    case "npm":
    case "crates.io":
    case "Go":
      return semverKey(version);
    case "PyPI":
      return pep440Key(version);
    case "RubyGems":
      return rubygemsKey(version);
    case "Packagist":
      return packagistKey(version);
    default:
      return ecosystem satisfies never;
  }
}

/** Negative, zero or positive; null when one of them cannot be compared, which the caller takes for the worst. */
export function compareVersions(ecosystem: Ecosystem, left: string, right: string): number | null {
  const [one, other] = [versionKey(ecosystem, left), versionKey(ecosystem, right)];
  return one === undefined || other === undefined ? null : compareKeys(one, other);
}

/** True when both spellings name one version: the same text, or equal in the ecosystem's order. */
export function sameVersion(ecosystem: Ecosystem, left: string, right: string): boolean {
  return left === right || compareVersions(ecosystem, left, right) === 0;
}
