// A few lines in somebody else's TOML, found again by their mark.
import { describe, expect, test } from "vitest";
import { tomlValue, withoutOurToml, withTomlKey } from "../src/install/toml-lines.ts";

const feature = { table: "features", key: "unified_exec_tty", value: "false" };
const put = (text: string) => withTomlKey(text, feature, "config.toml");

test.each([
  ["an empty file", ""],
  ["other tables", 'model = "x"\n\n[model_providers.gate]\nname = "g"\n'],
  ["no line break at the end", 'model = "x"'],
  ["the table with other keys", "[features]\nhooks = true\n\n[tui]\nx = 1\n"],
  ["a table in a long text", 'notes = """\n[features]\nx = 1\n"""\n'],
])("%s: set, idempotent, and gone again", (_, text) => {
  const with_ = put(text);
  expect(tomlValue(with_, feature)).toBe("false");
  expect(put(with_)).toBe(with_);
  expect(withoutOurToml(with_)?.trimEnd()).toBe(text.trimEnd());
});

test("a key that says otherwise is changed in its place", () => {
  expect(put("[features]\nunified_exec_tty = true\nz = 1\n")).toBe(
    "[features]\nunified_exec_tty = false # ces guard\nz = 1\n",
  );
});

test("a key that says it already is left alone", () => {
  const text = "[features] # mine\nunified_exec_tty = false\n";
  expect(put(text)).toBe(text);
  expect(withoutOurToml(text)).toBeNull();
});

test.each(["features = { hooks = true }\n", "features.hooks = true\n", '"features" = {}\n'])(
  "%s is refused",
  (text) => {
    expect(() => put(text)).toThrow(expect.objectContaining({ code: "GUARD_SETTINGS" }));
  },
);

test("a table of ours stays when somebody put a key under it", () => {
  const mine = `${put("")}hooks = true\n`;
  expect(withoutOurToml(mine)).toBe("[features] # ces guard\nhooks = true\n");
});

describe("quoted tables", () => {
  const trust = { table: 'hooks.state."/h/[x]/hooks.json:pre_tool_use:0:0"', key: "trusted_hash", value: '"sha256:a"' };
  test("are found by their whole name", () => {
    const text = withTomlKey('[hooks.state."/other"]\ntrusted_hash = "sha256:b"\n', trust, "config.toml");
    expect(tomlValue(text, trust)).toBe('"sha256:a"');
    expect(tomlValue(text, { table: 'hooks.state."/other"', key: "trusted_hash" })).toBe('"sha256:b"');
    expect(withTomlKey(text, { ...trust, value: '"sha256:c"' }, "f").match(/trusted_hash/g)).toHaveLength(2);
  });
});
