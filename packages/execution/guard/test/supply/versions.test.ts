// Versions: the orders that the ecosystems publish, and the laws of an order.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecosystems, type Ecosystem } from "../../src/supply/advisories.ts";
import { compareVersions, sameVersion } from "../../src/supply/versions/compare.ts";

/** Ascending, as the ecosystem's own documents order them. */
const ascending: Readonly<Record<Ecosystem, readonly string[]>> = {
  // semver.org §11.4
  npm: [
    "0.0.0-0",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "1.9.0",
    "1.10.0",
    "2.0.0",
    "99999999999999999999.0.0",
  ],
  "crates.io": ["0.1.0-pre", "0.1.0", "0.1.1", "0.2.0", "1.0.0"],
  Go: ["v0.0.0-20191109021931-daa7c04131f5", "v0.1.0", "v1.0.0-rc.1", "v1.0.0", "v1.2.3", "v2.0.0+incompatible"],
  // PEP 440, "Summary of permitted suffixes and relative ordering"
  PyPI: [
    "1.0.dev456",
    "1.0a1",
    "1.0a2.dev456",
    "1.0a12.dev456",
    "1.0a12",
    "1.0b1.dev456",
    "1.0b2",
    "1.0b2.post345.dev456",
    "1.0b2.post345",
    "1.0rc1.dev456",
    "1.0rc1",
    "1.0",
    "1.0+abc.5",
    "1.0+abc.7",
    "1.0+5",
    "1.0.post456.dev34",
    "1.0.post456",
    "1.0.1",
    "1.1.dev1",
    "1.1",
    "1!0.1",
  ],
  // Gem::Version
  RubyGems: ["1.0.a", "1.0.a.2", "1.0.b1", "1.0.0.pre1", "1.0", "1.0.1", "1.1.rc1", "1.1", "1.10", "2.0.0.rc1", "2"],
  // Composer: stability order
  Packagist: [
    "1.0.0-dev",
    "1.0.0-alpha1",
    "1.0.0-alpha2",
    "1.0.0-beta1",
    "1.0.0-RC1",
    "1.0.0",
    "1.0.0-patch1",
    "1.0.1",
    "v1.2",
    "1.10.0.1",
  ],
};

describe("compareVersions", () => {
  for (const ecosystem of ecosystems)
    it(`orders ${ecosystem} as its documents do`, () => {
      const versions = ascending[ecosystem];
      for (const [place, left] of versions.entries())
        for (const [other, right] of versions.entries())
          expect([left, right, Math.sign(compareVersions(ecosystem, left, right) ?? Number.NaN)]).toEqual([
            left,
            right,
            Math.sign(place - other),
          ]);
    });

  it.each<[Ecosystem, string, string]>([
    ["npm", "v1.2.3", "1.2.3"],
    ["npm", "1.2.3+build.7", "1.2.3"],
    ["npm", "1.2", "1.2.0"],
    ["PyPI", "1.0", "1.0.0"],
    ["PyPI", "1.0-ALPHA.1", "1.0a1"],
    ["PyPI", "1.0-1", "1.0.post1"],
    ["PyPI", "v1.0RC", "1.0c0"],
    ["RubyGems", "1.0.0", "1"],
    ["RubyGems", "1.0.a", "1.a"],
    ["Packagist", "v1.0", "1.0.0.0"],
    ["Packagist", "1.0-b2", "1.0.0-beta.2"],
  ])("%s: %s is %s", (ecosystem, left, right) => {
    expect(sameVersion(ecosystem, left, right)).toBe(true);
  });

  it.each<[Ecosystem, string]>([
    ["npm", "latest"],
    ["npm", ""],
    ["npm", "1.2.3.4.5"],
    ["PyPI", "2004d-beta-final"],
    ["Packagist", "dev-main"],
    ["npm", `1.${"0".repeat(300)}.0`],
  ])("%s: %j compares with nothing", (ecosystem, version) => {
    expect(compareVersions(ecosystem, version, "1.0.0")).toBeNull();
  });

  const anyVersion = fc.oneof(
    fc.constantFrom(...Object.values(ascending).flat()),
    fc.stringMatching(
      /^v?[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-.]?(a|alpha|b|rc|pre|dev|post)[.-]?[0-9]{0,3})?(\+[a-z0-9.]{1,4})?$/,
    ),
    fc.string({ maxLength: 20 }),
  );

  it("is an order: antisymmetric and transitive wherever it says anything", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ecosystems), anyVersion, anyVersion, anyVersion, (ecosystem, a, b, c) => {
        const [ab, ba, bc, ac] = [
          compareVersions(ecosystem, a, b),
          compareVersions(ecosystem, b, a),
          compareVersions(ecosystem, b, c),
          compareVersions(ecosystem, a, c),
        ];
        expect(ab === null).toBe(ba === null);
        if (ab !== null && ba !== null) expect(Math.sign(ab) + Math.sign(ba)).toBe(0);
        if (ab !== null && bc !== null && ab <= 0 && bc <= 0) expect(ac ?? Number.NaN).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it("answers hostile text at once: no pattern goes back over what it read", () => {
    const hostile = [
      "1".repeat(256),
      "1.".repeat(128),
      `1.0${"-1".repeat(126)}!`,
      `1${"a".repeat(254)}!`,
      `1.0-${"a.".repeat(120)}!`,
      "p".repeat(256),
    ];
    for (const ecosystem of ecosystems)
      for (const text of hostile)
        for (let times = 0; times < 200; times += 1) compareVersions(ecosystem, `${text}`, "1.0");
  });
});
