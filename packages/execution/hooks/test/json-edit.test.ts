// Somebody else's JSON with an element of ours: every other byte stays, and taking it out leaves what was there.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withElement, withoutElement, type ListPlace } from "../src/install/json-edit.ts";

const place: ListPlace = {
  file: "settings.json",
  path: ["hooks", "PreToolUse"],
  isOurs: (element) => JSON.stringify(element).includes("OURS"),
};
const ours = { matcher: "*", hooks: [{ command: "OURS" }] };
const put = (text: string) => withElement(text, place, ours);
const take = (text: string) => withoutElement(text, place);

test("an empty file becomes a whole document", () => {
  const made = { version: 1, hooks: { PreToolUse: [ours] } };
  expect(JSON.parse(withElement(" \n", place, ours, { version: 1 }))).toEqual(made);
});

test.each([
  ["no list yet", '{\n  "model": "x"\n}\n'],
  ["an empty object", "{}\n"],
  ["hooks of other kinds", '{\n  "hooks": {\n    "Stop": [{"hooks": []}]\n  },\n  "a": [1,  2]\n}'],
  ["a list with others", '{"hooks": {"PreToolUse": [ {"matcher":"Bash"} ] }, "z":1}'],
  ["an empty list", '{"hooks":{"PreToolUse":[]}}'],
  ["tabs", '{\n\t"hooks": {\n\t\t"PreToolUse": [\n\t\t\t{ "x": 1 }\n\t\t]\n\t}\n}\n'],
  [
    "comments and trailing commas",
    '// mine\n{\n  /* keep */ "hooks": {\n    "PreToolUse": [\n      {"a": 1}, // one\n    ],\n  },\n}\n',
  ],
])("%s", (_, text) => {
  const with_ = put(text);
  // Every line that was there is there, in order.
  const rest = text.replaceAll(/[\s,[\]{}]/g, "");
  expect(with_.replaceAll(/[\s,[\]{}]/g, "").includes("OURS")).toBe(true);
  expect(isSubsequence(rest, with_.replaceAll(/[\s,[\]{}]/g, ""))).toBe(true);
  expect(put(with_)).toBe(with_);
  const without = take(with_);
  expect(without).not.toBeNull();
  expect(plain(without ?? "")).toEqual(pruned(plain(text)));
});

test("an older entry of ours is replaced where it stands, since hosts know hooks by their index", () => {
  const text = '{"hooks":{"PreToolUse":[{"a":1},{"command":"OURS old"},{"b":2}]}}';
  expect(plain(put(text))).toEqual({ hooks: { PreToolUse: [{ a: 1 }, ours, { b: 2 }] } });
});

test("another's entry is never taken out", () => {
  expect(take('{"hooks":{"PreToolUse":[{"command":"other"}]}}')).toBeNull();
  expect(take("{}")).toBeNull();
  expect(take("")).toBeNull();
});

test.each([
  "{",
  "[",
  '{"hooks": {"PreToolUse": {}}}',
  '{"hooks": []}',
  "[]",
  "{} x",
  '{"hooks":{},"hooks":{}}',
  "{'a': 1}",
  '{"a": 01}',
  "nul",
])("%s is not changed", (text) => {
  expect(() => put(text)).toThrow(expect.objectContaining({ code: "GUARD_SETTINGS" }));
});

test("property: any settings survive installing and uninstalling", () => {
  const settings = fc.record(
    {
      model: fc.string(),
      hooks: fc.record(
        { PreToolUse: fc.array(fc.record({ x: fc.jsonValue() }), { maxLength: 3 }), Stop: fc.array(fc.jsonValue()) },
        { requiredKeys: [] },
      ),
      env: fc.dictionary(fc.string(), fc.string()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(settings, fc.constantFrom(undefined, 2, 4, "\t"), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      fc.pre(!text.includes("OURS"));
      const installed = put(text);
      expect(JSON.parse(installed).hooks.PreToolUse.at(-1)).toEqual(ours);
      expect(put(installed)).toBe(installed);
      expect(pruned(JSON.parse(take(installed) ?? ""))).toEqual(pruned(JSON.parse(text)));
    }),
  );
});

const plain = (text: string): unknown =>
  JSON.parse(text.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, "").replaceAll(/,(\s*[\]}])/g, "$1"));

// A list or object that only our element filled goes with it.
function pruned(value: unknown): unknown {
  const copy = structuredClone(value) as { hooks?: { PreToolUse?: unknown[] } };
  if (copy.hooks?.PreToolUse?.length === 0) delete copy.hooks.PreToolUse;
  if (copy.hooks !== undefined && Object.keys(copy.hooks).length === 0) delete copy.hooks;
  return copy;
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const char of whole) if (char === part[at]) at += 1;
  return at === part.length;
}

describe("linear time", () => {
  test("a large file is answered", () => {
    const text = JSON.stringify({ a: Array.from({ length: 20_000 }, (_, index) => ({ index })) });
    expect(put(text)).toContain("OURS");
  });
  test("a deep file is refused", () => {
    expect(() => put("[".repeat(5000))).toThrow(/nested/);
  });
});
