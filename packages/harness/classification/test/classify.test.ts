// What words and named paths make of a request before the run.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify, hazardWords, pathHazards, strictness, wordHazards, type ClassifyCaller } from "../src/index.ts";

const at = "2026-01-01T00:00:00.000Z";
const point = (request: string, caller: ClassifyCaller = "build", paths: readonly string[] = []) => {
  const { risk_tier, behavior_confidence, change_class } = classify({
    request,
    caller,
    paths,
    classifier_id: "oracle",
    at,
  });
  return `${risk_tier}/${behavior_confidence}/${change_class}`;
};

describe("requests", () => {
  test.each([
    ["Add input validation to the user registration endpoint", "B/BC2/Class 2"],
    ["Fix null pointer in product search when category is empty", "B/BC2/Class 2"],
    ["Fix typo in UI string", "C/BC1/Class 2"],
    ["Add a new internal utility function", "C/BC1/Class 1"],
    ["Change database schema", "A/BC2/Class 3"],
    ["Drop the users table", "A/BC3/Class 2"],
    ["Migrate user authentication from session-based to JWT tokens", "A/BC2/Class 2"],
    ["Fix typo in the login page", "A/BC2/Class 2"],
    ["do not change authentication logic", "A/BC2/Class 2"],
  ])("build: %s is %s", (request, expected) => expect(point(request)).toBe(expected));

  test("no match is the strictest for `manifest`", () =>
    expect(point("Frobnicate the widget", "manifest")).toBe("A/BC3/Class 5"));
  test("a named path raises", () =>
    expect(point("Fix typo in UI string", "build", ["src/auth/banner.js"])).toBe("A/BC2/Class 2"));
  test("the whole record", () => {
    expect(classify({ request: "Drop the users table", caller: "build", classifier_id: "oracle", at })).toMatchObject({
      schema: "ces.classification/v1",
      confidence: 0.177468,
      action: "human_classify",
      matched_rule: null,
      basis: "default_build",
      classifier_id: "oracle",
      classified_at: at,
      hazards: [
        { kind: "word", rule: "word_data_destruction", detail: "the request says `drop`" },
        { rule: "word_removal" },
      ],
    });
  });
});

describe("words are whole words", () => {
  test.each([
    "author",
    "authored by",
    "product",
    "dropdown",
    "accessibility",
    "message",
    "sender",
    "tokenizer",
    "scientific",
    "special",
    "cryptic",
    "assign in",
  ])("`%s` is no hazard", (word) => expect(wordHazards(`Improve the ${word} handling`)).toEqual([]));
  test.each(["auth", "OAuth", "sign in", "password", "PAYMENT", "ｐａｙｍｅｎｔ", "pay\u00admènt", "kill switch"])(
    "`%s` is one",
    (word) => expect(wordHazards(`Improve the ${word} handling`)).not.toEqual([]),
  );
  test("every listed word raises by itself or with its neighbour", () => {
    for (const rule of hazardWords)
      for (const word of rule.words)
        expect(wordHazards(`x ${word} x ${rule.near?.[0] ?? ""}`).map((hazard) => hazard.rule)).toContain(rule.rule);
  });
});

describe("paths", () => {
  test.each([
    ["src/auth/token.ts", "word_identity"],
    ["src/userAuth.ts", "word_identity"],
    ["lib/Payment.java", "word_money"],
    [".github/workflows/ci.yml", "path_continuous_integration"],
    [".GitHub/Workflows/CI.yml", "path_continuous_integration"],
    ["db/migrations/001.js", "path_stored_data"],
    ["pnpm-lock.yaml", "path_dependencies"],
    ["packages/a/package.json", "path_dependencies"],
    ["scripts/postinstall.js", "path_runs_at_install"],
    [".gitattributes", "path_git_configuration"],
    ["sub/.gitattributes", "path_git_configuration"],
    ["Dockerfile", "path_container"],
    ["AGENTS.md", "path_agent_instructions"],
    [".claude/settings.json", "path_agent_instructions"],
    ["ces/policy.yaml", "path_ces_configuration"],
    ["a/../b", "path_not_clean"],
  ])("%s: %s", (path, rule) => expect(pathHazards(path).map((hazard) => hazard.rule)).toContain(rule));
  test.each([
    "src/users/register.js",
    "src/authors.ts",
    "docs/dropdown.md",
    "src/products/search.js",
    "test/register.test.js",
    "README.md",
  ])("%s: nothing", (path) => expect(pathHazards(path)).toEqual([]));
});

test("law: more words and more paths never lower anything", () => {
  const word = fc.constantFrom(
    "fix",
    "typo",
    "auth",
    "schema",
    "delete",
    "table",
    "not",
    "ui",
    "string",
    "pay",
    "author",
  );
  const path = fc.constantFrom("src/a.js", "src/auth/b.js", ".github/x.yml", "package.json", "a//b");
  fc.assert(
    fc.property(fc.array(word), fc.array(path), path, (words, paths, more) => {
      const request = words.join(" ");
      const of = (list: readonly string[]) =>
        strictness(classify({ request, paths: list, caller: "build", classifier_id: "x", at }));
      expect(of([...paths, more])).toBeGreaterThanOrEqual(of(paths));
    }),
  );
});

test("a very long request is answered", () => {
  const { hazards } = classify({ request: "fix ".repeat(5000), caller: "build", classifier_id: "x", at });
  expect(hazards).toEqual([]);
});
