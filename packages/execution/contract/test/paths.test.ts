// Paths as text, and what a declared scope may grant.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithin, isWithinResolved, normalPath, resolvedPath, scopeOf } from "../src/index.ts";
import { referenceScopeRefusal } from "../src/reference.ts";

const segment = fc.constantFrom("a", "b", "..", ".", "", "work", "x y", "*", "**");
const path = fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`);

test("`..` is taken away as text and never climbs above the root", () => {
  expect(resolvedPath("/w/a/../b")).toBe("/w/b");
  expect(resolvedPath("/../../etc")).toBe("/etc");
  expect(resolvedPath("C:\\a\\..\\..\\b")).toBe("c:/b");
  expect(resolvedPath("\\\\s\\share\\..\\x")).toBe("//s/share/x");
  expect(resolvedPath("w")).toBeUndefined();
  fc.assert(
    fc.property(
      path.map((one) => `/w${one}`),
      (one) => void expect(resolvedPath(one) ?? "").not.toMatch(/(^|\/)\.\.(\/|$)/),
    ),
  );
});

test("a prefix ends at a separator", () => {
  expect(isWithin("/workspace-evil", ["/workspace"])).toBe(false);
  expect(isWithin("/workspace/x", ["/workspace/"])).toBe(true);
  expect(isWithin("/workspace", ["/workspace/"])).toBe(true);
  expect(isWithin("/anything", ["/"])).toBe(true);
  expect(isWithin("C:\\Work\\x", ["c:/work"])).toBe(true);
  expect(isWithin("C:\\workspace", ["/workspace"])).toBe(false);
  expect(isWithinResolved("/workspace/../etc/shadow", ["/workspace"])).toBe(false);
});

test("normalising twice is normalising once", () => {
  fc.assert(
    fc.property(path, (one) => {
      const form = normalPath(one);
      if (form.kind === "absolute") expect(normalPath(form.normal)).toEqual(form);
    }),
  );
});

test.each([
  ["/w/out", { kind: "exact", root: "/w/out" }],
  ["/w/out/", { kind: "exact", root: "/w/out" }],
  ["/w/{a,b}/!x", { kind: "exact", root: "/w/{a,b}/!x" }],
  ["/w/out/**", { kind: "subtree", root: "/w/out" }],
  ["/w/out//**", { kind: "subtree", root: "/w/out" }],
  ["/w/*.log", { kind: "pattern", root: "/w" }],
  ["/w/out*", { kind: "pattern", root: "/w" }],
  ["/w/**/x", { kind: "pattern", root: "/w" }],
  ["/w/[ab]", { kind: "pattern", root: "/w" }],
])("%s grants %j", (one, scope) => expect(scopeOf(one)).toEqual(scope));

test.each(["/**", "*", "/w/../x", "/w/*/../../etc", "/w/./x", "w/x", "", "C:\\w", "//srv/share", "/w/\0"])(
  "%j grants nothing",
  (one) => {
    expect(scopeOf(one).kind).toBe("refused");
  },
);

test("the house never grants what the reference refuses", () => {
  fc.assert(
    fc.property(path, fc.constantFrom("/", "/a", "/work"), (one, prefix) => {
      const scope = scopeOf(one);
      const granted = scope.kind !== "refused" && isWithin(scope.root, [prefix]);
      if (referenceScopeRefusal(one, [prefix]) !== undefined) expect(granted).toBe(false);
    }),
    { numRuns: 500 },
  );
});
