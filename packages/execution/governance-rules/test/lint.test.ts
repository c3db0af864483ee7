// Findings about rules that let more through than they say.
import { describe, expect, test } from "vitest";
import { policy } from "./policies.ts";

const found = (...rules: readonly object[]): readonly string[] => policy(...rules).lints.map(({ code }) => code);
const allow = (condition: object): object => ({ name: "it", condition, action: "allow" });

describe("findings", () => {
  test.each([
    ["unanchored_host", { operator: "matches", value: "^http:(GET|POST):api\\.github\\.com" }],
    ["unanchored_host", { operator: "starts_with", value: "https:GET:a.b" }],
    ["unanchored_path_prefix", { operator: "matches", value: "^file:read:/(workspace|tmp)" }],
    ["unanchored_path_prefix", { operator: "starts_with", value: "file:read:/workspace" }],
    ["unanchored_shell", { operator: "starts_with", value: "shell:git" }],
    ["unanchored_start", { operator: "contains", value: "api.github.com" }],
    ["unanchored_start", { operator: "matches", value: "file:read:/workspace" }],
    ["matches_everything", { operator: "starts_with", value: "" }],
    ["matches_everything", { operator: "matches", value: ".*" }],
    ["every_verb", { operator: "path_under", value: "/workspace" }],
    ["every_verb", { operator: "host_is", value: "a.b" }],
  ])("%s: %j", (code, condition) => expect(found(allow(condition))).toEqual([code]));

  test.each([
    { operator: "matches", value: "^http:GET:api\\.github\\.com/" },
    { operator: "matches", value: "^http:GET:api\\.github\\.com(/.*)?$" },
    { operator: "starts_with", value: "file:read:/workspace/" },
    { operator: "starts_with", value: "file:read" },
    { operator: "in", value: ["shell:ls", "shell:git"] },
    { operator: "equals", value: "http:GET:a.b" },
    { operator: "command_is", value: "git" },
    { field: "action:file:read", operator: "path_under", value: "/workspace" },
  ])("nothing about %j", (condition) => expect(found(allow(condition))).toEqual([]));

  test("nothing of this about a rule that does not allow", () => {
    expect(found({ name: "it", condition: { operator: "contains", value: "rm" }, action: "deny" })).toEqual([]);
  });

  test("a denial by a member that may be left out", () => {
    expect(
      found({ name: "it", condition: { field: "stage", operator: "equals", value: "prod" }, action: "deny" }),
    ).toEqual(["passed_by_omission"]);
  });

  test("a rule behind one of the same condition, or behind one for everything", () => {
    const rule = (name: string, value: string, priority: number) => ({
      name,
      condition: { operator: "equals", value },
      action: "deny",
      priority,
    });
    expect(found(rule("a", "x", 2), rule("b", "x", 1), rule("c", "y", 0))).toEqual(["shadowed_rule"]);
    const all = { name: "all", condition: { operator: "starts_with", value: "" }, action: "deny", priority: 9 };
    expect(found(rule("a", "x", 10), rule("b", "z", 1), all)).toEqual(["shadowed_rule"]);
  });

  test("say which rule, where, and what to write instead", () => {
    expect(policy(allow({ operator: "matches", value: "^http:GET:api\\.github\\.com" })).lints).toEqual([
      {
        code: "unanchored_host",
        rule: "it",
        place: { file: "p.yaml", line: 1 },
        text: "also fits `http:GET:api.github.com.evil.example`; use `host_is` or `host_under`, or end the host with `/`",
      },
    ]);
  });

  test("no rule at all", () => expect(found()).toEqual(["no_rules_loaded"]));
});
