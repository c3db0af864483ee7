// Every profile holds its own examples; one that does not is refused at run time, and here by name.
import { describe, expect, test } from "vitest";
import { allProfiles, judgeCommand } from "../src/index.ts";
import { proveProfile } from "../src/prove-profile.ts";
import { meaningOf } from "../src/rule.ts";

describe("every guard profile", () => {
  test.each(allProfiles.map((profile) => [profile.names[0] ?? "", profile] as const))("%s holds its examples", (_name, profile) => {
    expect(proveProfile(profile, judgeCommand)).toBeNull();
    expect(profile.matches.length + profile.spares.length).toBeGreaterThan(0);
    for (const { effect } of profile.matches) expect(meaningOf(effect).code).not.toBe("RULE_MISSING");
  });
});
