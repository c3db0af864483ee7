// How a registry compares names: two spellings with one key are one package.
import type { Ecosystem } from "./advisories.ts";

/** The name under which a package is looked up. Attacker-controlled text in, plain text out; linear. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case "PyPI":
      return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
    case "crates.io":
      return name.toLowerCase().replaceAll("_", "-");
    case "Packagist":
      return name.toLowerCase();
    case "npm":
    case "Go":
    case "RubyGems":
      return name;
    default:
      return ecosystem satisfies never;
  }
}
