// The plugin that runs inside OpenCode: it lets a tool go on only after a clean answer.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { opencodePlugin } from "../src/install/opencode-install.ts";
import { folder } from "./folder.ts";

type Before = (input: object, output: { args: Record<string, unknown> }) => Promise<void>;

async function plugin(script: string): Promise<Before> {
  const { root, home } = folder();
  const node = join(root, "node");
  writeFileSync(node, `#!/bin/sh\n${script}\n`);
  chmodSync(node, 0o755);
  const file = join(root, "ces-guard.mjs");
  const text = opencodePlugin({
    node,
    entry: "/e/guard-hook.entry.js",
    timeout: "",
    env: "",
    account: { HOME: home },
    compile_cache: null,
    snapshot: null,
  });
  writeFileSync(file, text);
  const module: { CesGuard: (given: object) => Promise<Record<string, Before>> } = await import(
    pathToFileURL(file).href
  );
  expect(Object.keys(module)).toEqual(["CesGuard"]);
  const hooks = await module.CesGuard({ directory: "/work" });
  const before = hooks["tool.execute.before"];
  if (before === undefined) throw new Error("no hook");
  return before;
}

const call = async (script: string) => {
  const before = await plugin(script);
  const output = { args: { command: "rm x" } as Record<string, unknown> };
  await before({ tool: "bash", sessionID: "s", callID: "c" }, output);
  return output.args["command"];
};

test("hands the call over and goes on when it passes", async () => {
  const script = `[ "$(cat)" = '{"tool":"bash","args":{"command":"rm x"},"cwd":"/work","session":"s","id":"c"}' ] && [ "$2" = opencode ] && echo '{"decision":"pass"}'`;
  expect(await call(script)).toBe("rm x");
});

test("puts another command in", async () => {
  expect(await call(`cat >/dev/null; echo '{"decision":"instead","command":"ces trash put x"}'`)).toBe(
    "ces trash put x",
  );
});

test.each([
  ["a refusal", `echo '{"decision":"deny","reason":"because"}'`, /because/],
  ["exit 2", "echo stopped >&2; exit 2", /stopped/],
  ["exit 1", "exit 1", /could not be asked/],
  ["garbage", "echo x", /JSON/],
  ["silence", "true", /JSON/],
  ["a word it does not know", `echo '{"decision":"maybe"}'`, /refused/],
  ["a replacement without a text", `echo '{"decision":"instead"}'`, /refused/],
  ["a guard that is killed", "kill -9 $$", /could not be asked/],
])("throws on %s", async (_, script, message) => {
  await expect(call(script)).rejects.toThrow(message);
});
