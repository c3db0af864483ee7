// Scope patterns: what they match, what they spare, what is no pattern at all.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGlob, globLiteral } from "../src/glob.ts";

const invalid = expect.objectContaining({ code: "GLOB_INVALID" });

test.each<[string, readonly string[], readonly string[]]>([
  ["**", ["a", "a/b", ".env", "a/.git/c"], []],
  ["src/**", ["src/a", "src/a/b.ts", "src/.x"], ["src", "srcs/a", "a/src/b", "Src/a"]],
  ["src/*", ["src/a", "src/.hidden"], ["src/a/b", "src"]],
  ["src/*.ts", ["src/a.ts", "src/.ts", "src/a.b.ts"], ["src/a.tsx", "src/b/a.ts", "src/a.TS"]],
  ["**/*.ts", ["a.ts", "x/a.ts", "x/y/a.ts"], ["a.js"]],
  ["a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/b"], ["a/b/c", "b", "x/a/b"]],
  ["**/a/**", ["a/x", "x/a/y", "x/a/y/z"], ["a", "x/a", "b/c"]],
  ["**/**", ["a", "a/b"], []],
  ["a/**/**/b/**/c", ["a/b/c", "a/x/b/c", "a/b/b/x/c"], ["a/c"]],
  ["?.ts", ["a.ts", "😀.ts", "é.ts"], [".ts", "ab.ts", "e\u0301.ts"]],
  ["a?b", ["axb", "a.b"], ["a/b", "ab"]],
  ["[a-c]x", ["ax", "cx"], ["dx", "Ax", "x"]],
  ["[!a-c]x", ["dx", "Ax"], ["ax", "x"]],
  ["[^a]", ["b"], ["a"]],
  ["[a-]x", ["ax", "-x"], ["bx"]],
  ["[]a]x", ["]x", "ax"], ["bx"]],
  ["{src,test}/**/*.{ts,tsx}", ["src/a.ts", "test/x/y.tsx"], ["lib/a.ts", "src/a.js"]],
  ["a{,b/c}d", ["ad", "ab/cd"], ["abcd"]],
  ["{a,{b,c}d}", ["a", "bd", "cd"], ["b", "ad"]],
  ["[{]a,b[}]", ["{a,b}"], ["a", "b"]],
  ["a b+(c).$^|", ["a b+(c).$^|"], ["a bbc"]],
  ["*a*a*b", ["aab", "xaxaxb"], ["ab", "aaba"]],
])("%s", (pattern, matched, spared) => {
  const glob = compileGlob(pattern);
  expect(matched.filter((path) => !glob.test(path))).toEqual([]);
  expect(spared.filter((path) => glob.test(path))).toEqual([]);
});

test.each([
  "",
  "/",
  "/etc/passwd",
  "a/",
  "a//b",
  "./a",
  "a/.",
  "..",
  "a/../b",
  "../a",
  "a\\b",
  "a\nb",
  "a\0",
  "a\x7f",
  "a\ud800",
  "!a",
  "**a",
  "a**",
  "a/**b",
  "***",
  "[",
  "[a",
  "[]",
  "a[",
  "[!]",
  "[z-a]",
  "{a",
  "a}",
  "{a}",
  "{}",
  "{a,{b}",
  "{..,a}/b",
  "{a,/etc}",
  "a/{,b}",
  "[a/b]",
  "{a,b}".repeat(7),
  "x".repeat(1025),
  "{".repeat(500),
])("%j is no pattern", (pattern) => {
  expect(() => compileGlob(pattern)).toThrow(invalid);
});

test.each(["", "/a", "a/", "a//b", "../a", "a/..", "./a", "a/./b"])("the path %j is refused, not passed", (path) => {
  expect(() => compileGlob("**").test(path)).toThrow(expect.objectContaining({ code: "GLOB_PATH" }));
});

test.each<[string, string, readonly string[]]>([
  ["src/cart/*.ts", "src/cart", ["src/cart"]],
  ["src/a.ts", "src/a.ts", ["src/a.ts"]],
  ["src/ca*", "src", ["src"]],
  ["**", "", [""]],
  ["*/a", "", [""]],
  ["{src,test}/**", "", ["src", "test"]],
  ["src/{a,b}/**", "src", ["src/a", "src/b"]],
  ["src/{a,ab}", "src", ["src/a", "src/ab"]],
  ["src/{a,b}*", "src", ["src"]],
  ["app/[[]id]/page.tsx", "app/[id]/page.tsx", ["app/[id]/page.tsx"]],
  ["app/[i]d/x", "app", ["app"]],
])("the literal part of %s is %j", (pattern, prefix, prefixes) => {
  const { literalPrefix, literalPrefixes } = compileGlob(pattern);
  expect([literalPrefix, literalPrefixes]).toEqual([prefix, prefixes]);
});

const name = fc
  .string({
    minLength: 1,
    maxLength: 6,
    unit: fc.constantFrom("a", "b", ".", "-", "[", "]", "{", "}", "*", "?", "!", ",", "é", "😀"),
  })
  .filter((text) => text !== "." && text !== ".." && !text.startsWith("!"));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const part = fc.constantFrom("a", "b", "*", "?", "a*", "*b", "[ab]", "**", "{a,b}");
const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const plainPath = fc
  .array(fc.constantFrom("a", "b", "ab", "c"), { minLength: 1, maxLength: 4 })
  .map((names) => names.join("/"));

describe("properties", () => {
  test("a literal path matches itself, and no other path", () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const glob = compileGlob(globLiteral(a));
        expect([glob.test(a), glob.test(b), glob.literalPrefix]).toEqual([true, a === b, a]);
      }),
    );
  });

  test("** matches every clean path", () => {
    fc.assert(
      fc.property(path, (any) => {
        expect(compileGlob("**").test(any)).toBe(true);
      }),
    );
  });

  test("agrees with a regular expression written from the grammar", () => {
    fc.assert(
      fc.property(pattern, plainPath, (text, any) => {
        expect(compileGlob(text).test(any)).toBe(asRegExp(text).test(any));
      }),
      { numRuns: 3000 },
    );
  });

  test("every match lies at or below a literal prefix", () => {
    fc.assert(
      fc.property(pattern, plainPath, (text, any) => {
        const glob = compileGlob(text);
        const below = (prefix: string): boolean => prefix === "" || any === prefix || any.startsWith(`${prefix}/`);
        const inside = below(glob.literalPrefix) && glob.literalPrefixes.some(below);
        expect(inside || !glob.test(any)).toBe(true);
      }),
    );
  });

  test("one more alternative never matches less", () => {
    fc.assert(
      fc.property(pattern, pattern, plainPath, (a, b, any) => {
        const either = compileGlob(`{${a},${b}}`).test(any);
        expect(either).toBe(compileGlob(a).test(any) || compileGlob(b).test(any));
      }),
    );
  });
});

// `**` as whole segments: trailing needs something below, elsewhere any number of folders.
function asRegExp(text: string): RegExp {
  const segments = text.split("/").map((segment) =>
    segment
      .replaceAll("?", "[^/]")
      .replace(/(?<!\*)\*(?!\*)/g, "[^/]*")
      .replace("{a,b}", "(?:a|b)"),
  );
  const last = segments.length - 1;
  const body = segments.map((segment, i) =>
    segment === "**" ? (i === last ? "(?:[^/]+/)*[^/]+" : "(?:[^/]+/)*") : i === last ? segment : `${segment}/`,
  );
  return new RegExp(`^${body.join("")}$`, "u");
}

test("a hostile name against a hostile pattern is answered", () => {
  const glob = compileGlob(`${"*a".repeat(200)}*b`);
  expect(glob.test("a".repeat(20_000))).toBe(false);
  const deep = compileGlob(`${"**/a/".repeat(100)}b`);
  expect(deep.test(`${"a/".repeat(2_000)}c`)).toBe(false);
});
