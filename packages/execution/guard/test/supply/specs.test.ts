// What a word of an install names, in every grammar.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecosystems, type Ecosystem } from "../../src/supply/advisories.ts";
import { readSpec } from "../../src/supply/specs/read-spec.ts";
import type { Requirement } from "../../src/supply/specs/requirement.ts";

function brief({ name, wanted, source }: Requirement): string {
  const version =
    wanted.kind === "exact"
      ? wanted.version
      : wanted.kind === "range"
        ? wanted.text
        : wanted.kind === "newest"
          ? (wanted.tag ?? "newest")
          : "?";
  return `${name ?? "-"} ${version} ${source.kind}`;
}

const rows: readonly (readonly [Ecosystem, word: string, expected: string])[] = [
  ["npm", "left-pad", "left-pad newest registry"],
  ["npm", "left-pad@latest", "left-pad newest registry"],
  ["npm", "vitest@next", "vitest next registry"],
  ["npm", "@scope/x@^1", "@scope/x ^1 registry"],
  ["npm", "event-stream@3.3.6", "event-stream 3.3.6 registry"],
  ["npm", "event-stream@=v3.3.6", "event-stream 3.3.6 registry"],
  ["npm", "safe@npm:event-stream@3.3.6", "event-stream 3.3.6 alias"],
  ["npm", "npm:event-stream@3.3.6", "event-stream 3.3.6 registry"],
  ["npm", "someone/fork#main", "- ? git"],
  ["npm", "github:someone/fork", "- ? git"],
  ["npm", "git+https://example.com/someone/fork.git", "- ? git"],
  ["npm", "git@example.com:someone/fork.git", "- ? git"],
  ["npm", "https://example.com/someone/fork.git#semver:^1", "- ? git"],
  ["npm", "https://example.com/pkg.tgz", "- ? url"],
  ["npm", "x@https://example.com/pkg.tgz", "x ? url"],
  ["npm", "./vendor/pkg.tgz", "- ? file"],
  ["npm", "vendor.tgz", "- ? file"],
  ["npm", "../evil", "- ? file"],
  ["npm", "file:../evil", "- ? file"],
  ["npm", "x@file:../evil", "x ? file"],
  ["npm", "~/evil", "- ? file"],
  ["npm", ".", "- ? file"],
  ["npm", "x@workspace:*", "x newest workspace"],
  ["npm", "jsr:@std/fs", "- ? registry-other"],
  ["PyPI", "requests", "requests newest registry"],
  ["PyPI", "ctx==0.2.6", "ctx 0.2.6 registry"],
  ["PyPI", "ctx===0.2.6", "ctx 0.2.6 registry"],
  ["PyPI", "requests[socks,security]>=2.0,<3 ; python_version < '4'", "requests >=2.0,<3 registry"],
  ["PyPI", "name @ https://example.com/x.whl", "name ? url"],
  ["PyPI", "name@git+https://example.com/x", "name ? git"],
  ["PyPI", "git+https://example.com/someone/fork@main", "- ? git"],
  ["PyPI", "https://example.com/pkg-1.0.tar.gz", "- ? url"],
  ["PyPI", "./dist/app-1.0-py3-none-any.whl", "app ? file"],
  ["PyPI", "app-1.0.tar.gz", "- ? file"],
  ["PyPI", ".", "- ? file"],
  ["PyPI", ".[dev]", "- ? file"],
  ["PyPI", "vendor/lib", "- ? file"],
  ["PyPI", "ruff@0.4.1", "ruff 0.4.1 registry"],
  ["crates.io", "serde@1.0.1", "serde 1.0.1 registry"],
  ["crates.io", "serde@=1.0.1", "serde 1.0.1 registry"],
  ["Go", "example.com/a/b@v1.2.3", "example.com/a/b 1.2.3 registry"],
  ["Go", "example.com/a/b@latest", "example.com/a/b newest registry"],
  ["Go", "example.com/a/b@main", "example.com/a/b main registry"],
  ["Go", "./...", "- ? file"],
  ["RubyGems", "rails:7.0.0", "rails 7.0.0 registry"],
  ["RubyGems", "x.gem", "- ? file"],
  ["Packagist", "monolog/monolog:^3", "monolog/monolog ^3 registry"],
  ["Packagist", "monolog/monolog=1.2.3", "monolog/monolog 1.2.3 registry"],
  ["Packagist", "a/b:dev-main", "a/b dev-main registry"],
];

describe("readSpec", () => {
  it.each(rows)("%s: %s is %s", (ecosystem, word, expected) => {
    expect(brief(readSpec(ecosystem, word))).toBe(expected);
  });

  it("never throws, and shows only what can be shown", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ecosystems),
        fc.oneof(fc.string({ maxLength: 80 }), fc.stringMatching(/^[@a-z./:#+-]{1,40}$/)),
        (ecosystem, word) => {
          expect(readSpec(ecosystem, word).text).toMatch(/^[^\u0000-\u001f\u007f]*$/);
        },
      ),
      { numRuns: 2_000 },
    );
    for (const ecosystem of ecosystems) readSpec(ecosystem, "a@".repeat(40_000));
  });
});
