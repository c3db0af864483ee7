// Ranges: the tables of node-semver, cargo, PEP 440, RubyGems and Composer.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecosystems, type Ecosystem } from "../../src/supply/advisories.ts";
import { admits } from "../../src/supply/ranges/comparator.ts";
import { exactVersion, readRange } from "../../src/supply/ranges/read-range.ts";

const rows: readonly (readonly [Ecosystem, string, yes: string, no: string])[] = [
  ["npm", "^1.2.3", "1.9.9", "2.0.0"],
  ["npm", "^0.2.3", "0.2.9", "0.3.0"],
  ["npm", "^0.0.3", "0.0.3", "0.0.4"],
  ["npm", "^0.x", "0.9.0", "1.0.0"],
  ["npm", "~1.2.3", "1.2.9", "1.3.0"],
  ["npm", "~1", "1.9.0", "2.0.0"],
  ["npm", "1.x", "1.5.0", "2.0.0"],
  ["npm", "1", "1.5.0", "2.0.0"],
  ["npm", ">= 1.2.3 <2", "1.5.0", "2.0.0"],
  ["npm", ">1.2", "1.3.0", "1.2.9"],
  ["npm", "<=1.2", "1.2.9", "1.3.0"],
  ["npm", "1.2 - 2.3", "2.3.9", "2.4.0"],
  ["npm", "1.2.3 - 2.3.4", "2.3.4", "2.3.5"],
  ["npm", "^1 || ^3", "3.1.0", "2.0.0"],
  ["npm", "=1.2.3", "1.2.3", "1.2.4"],
  ["crates.io", "1.2", "1.9.0", "2.0.0"],
  ["crates.io", "=1.2.3", "1.2.3", "1.2.4"],
  ["crates.io", ">=1.2, <1.5", "1.4.0", "1.5.0"],
  ["crates.io", "0.3", "0.3.9", "0.4.0"],
  ["PyPI", "==1.2.*", "1.2.7", "1.3"],
  ["PyPI", "~=1.4.5", "1.4.9", "1.5.0"],
  ["PyPI", "~=2.2", "2.9", "3.0"],
  ["PyPI", ">=1,<2,!=1.5", "1.4", "1.5"],
  ["PyPI", "===1.0", "1.0", "1.1"],
  ["RubyGems", "~> 1.2", "1.9", "2.0"],
  ["RubyGems", "~> 1.2.3", "1.2.9", "1.3"],
  ["RubyGems", ">= 1, < 2", "1.5", "2"],
  ["Packagist", "~1.2", "1.9.0", "2.0.0"],
  ["Packagist", "~1.2.3", "1.2.9", "1.3.0"],
  ["Packagist", "^1.2|^3.0", "3.5.0", "2.0.0"],
  ["Packagist", "1.2.*", "1.2.7", "1.3.0"],
  ["Packagist", ">=1.0 <2.0", "1.5.0", "2.0.0"],
  ["Go", "v1.2.3", "v1.2.3", "v1.2.4"],
  ["Go", ">=v1.2.0", "v1.3.0", "v1.1.0"],
  ["Go", "v1.2", "v1.2.9", "v1.3.0"],
];

describe("readRange", () => {
  it.each(rows)("%s %s admits %s, not %s", (ecosystem, text, yes, no) => {
    const range = readRange(ecosystem, text) ?? [];
    expect([admits(ecosystem, range, yes), admits(ecosystem, range, no)]).toEqual([true, false]);
  });

  it("knows when a range is one version", () => {
    expect(exactVersion(readRange("npm", "3.3.6") ?? [])).toBe("3.3.6");
    expect(exactVersion(readRange("PyPI", "==0.2.6") ?? [])).toBe("0.2.6");
    expect(exactVersion(readRange("npm", "^3.3.6") ?? [])).toBeUndefined();
  });

  it.each<[Ecosystem, string]>([
    ["npm", "next"],
    ["npm", "https://example.org/x.tgz"],
    ["PyPI", "1.0"],
    ["Go", "main"],
    ["npm", "1".repeat(2_000)],
  ])("%s: %s is no range", (ecosystem, text) => {
    expect(readRange(ecosystem, text)).toBeUndefined();
  });

  it("admits what it cannot compare: the doubt goes against the install", () => {
    expect(admits("npm", readRange("npm", "^1.0.0") ?? [], "not-a-version")).toBe(true);
  });

  it("a caret admits its own version, whatever the numbers", () => {
    const number = fc.oneof(fc.nat(30), fc.constantFrom(99, 199, 999)).map(String);
    fc.assert(
      fc.property(
        fc.constantFrom("npm", "crates.io", "Packagist" as const),
        number,
        number,
        number,
        (ecosystem, a, b, c) => {
          const version = `${a}.${b}.${c}`;
          expect(admits(ecosystem, readRange(ecosystem, `^${version}`) ?? [], version)).toBe(true);
          expect(admits(ecosystem, readRange(ecosystem, `^${version}`) ?? [], `${Number(a) + 1}.0.0`)).toBe(false);
        },
      ),
    );
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ecosystems),
        fc.string({ maxLength: 60 }),
        fc.string({ maxLength: 20 }),
        (ecosystem, text, version) => {
          const range = readRange(ecosystem, text);
          if (range !== undefined) admits(ecosystem, range, version);
        },
      ),
    );
  });
});
