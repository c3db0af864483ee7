// Every profile holds its own examples; one that does not is refused at run time, and here by name.
import { describe, expect, test } from "vitest";
import { isDoubled } from "../src/evaluate/profile-book.ts";
import { allProfiles } from "../src/index.ts";
import { believe } from "../src/evaluate/believe-profile.ts";
import { meaningOf } from "../src/rule.ts";

describe("every guard profile", () => {
  test("claims names that no other claims", () => {
    expect(allProfiles.flatMap(({ names }) => names.filter((name) => isDoubled(name)))).toEqual([]);
  });

  test.each(allProfiles.map((profile) => [profile.names[0] ?? "", profile] as const))(
    "%s holds its examples",
    (_name, profile) => {
      expect(believe(profile)).toBeNull();
      expect(profile.matches.length + profile.spares.length).toBeGreaterThan(0);
      for (const { effect } of profile.matches) expect(meaningOf(effect).code).not.toBe("RULE_MISSING");
    },
  );
});
