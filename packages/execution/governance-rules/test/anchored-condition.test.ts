// What a policy of the old operators becomes.
import { describe, expect, test } from "vitest";
import { anchoredConditions } from "../src/lint/anchored-condition.ts";
import type { Condition } from "../src/rule/rule.ts";

const of = (operator: Condition["operator"], value: string) =>
  anchoredConditions({ condition: { field: "action", operator, value } });

describe("the usual shapes", () => {
  test.each([
    [
      "^file:read:/(workspace|tmp)",
      [{ field: "action:file:read", operator: "path_under", value: ["/workspace", "/tmp"] }],
    ],
    [
      "file:write:/(etc|usr|root|var/log)",
      [{ field: "action:file:write", operator: "path_under", value: ["/etc", "/usr", "/root", "/var/log"] }],
    ],
    [
      "^file:(read|write):/srv",
      [
        { field: "action:file:read", operator: "path_under", value: "/srv" },
        { field: "action:file:write", operator: "path_under", value: "/srv" },
      ],
    ],
    [
      "^http:(GET|POST):api\\.github\\.com",
      [
        { field: "action:http:GET", operator: "host_is", value: "api.github.com" },
        { field: "action:http:POST", operator: "host_is", value: "api.github.com" },
      ],
    ],
    ["shell:(rm|dd|mkfs)", [{ field: "action", operator: "command_is", value: ["rm", "dd", "mkfs"] }]],
    ["^deploy", []],
    ["^file:read:/a/[0-9]+", []],
    ["^http:GET:.*", []],
  ] as const)("%s", (value, conditions) => expect(of("matches", value)).toEqual(conditions));

  test("prefixes and whole actions", () => {
    expect(of("starts_with", "file:read:/a.b")).toEqual([
      { field: "action:file:read", operator: "path_under", value: "/a.b" },
    ]);
    expect(of("starts_with", "http:GET:a.b")).toEqual([
      { field: "action:http:GET", operator: "host_is", value: "a.b" },
    ]);
    expect(of("contains", "file:read:/a")).toEqual([]);
  });
});
