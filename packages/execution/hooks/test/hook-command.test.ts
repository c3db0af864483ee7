// The line in a host's configuration, run by the shells hosts use: whatever fails ends with 2 and says so.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hookCommand, type HookPrograms } from "../src/install/hook-command.ts";
import { folder } from "./folder.ts";

const shells = ["/bin/sh", "/bin/bash", "/usr/bin/zsh", "/usr/bin/fish"].filter((shell) => existsSync(shell));

function programs(script: string, more: Partial<HookPrograms> = {}): HookPrograms {
  const { root, home } = folder();
  const place = join(root, "with space");
  mkdirSync(place);
  const node = join(place, "node");
  writeFileSync(node, `#!/bin/sh\n${script}\n`);
  chmodSync(node, 0o755);
  return {
    node,
    entry: join(place, "guard-hook.entry.js"),
    timeout: "/usr/bin/timeout",
    env: "/usr/bin/env",
    account: { HOME: home, USER: "u" },
    compile_cache: null,
    snapshot: null,
    ...more,
  };
}

const run = (shell: string, given: HookPrograms, env: Record<string, string> = {}) =>
  spawnSync(shell, ["-c", hookCommand("codex", given)], {
    encoding: "utf8",
    input: "the call",
    env: { PATH: "/usr/bin:/bin", HOME: "/elsewhere", ...env },
  });

describe.each(shells)("%s", (shell) => {
  test("passes the call in, the answer out, and the account it was made for", () => {
    const given = programs('cat; echo " $HOME $USER $PATH $2"');
    const { status, stdout, stderr } = run(shell, given);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `the call ${given.account?.["HOME"]} u /usr/bin:/bin codex\n`,
      stderr: "",
    });
  });

  test("keeps out what a repository may have put into the environment", () => {
    const { stdout } = run(shell, programs("/usr/bin/env"), {
      NODE_OPTIONS: "--require=/evil.js",
      XDG_CONFIG_HOME: "/evil",
      EVIL: "1",
    });
    expect(stdout).not.toMatch(/evil/i);
  });

  test.each([
    ["refuses", "echo no >&2; exit 2", "no\n"],
    ["ends with 1", "exit 1", ""],
    ["is killed", "kill -9 $$", ""],
    ["ends with 2 and says nothing", "exit 2", ""],
    ["kills the program that times it", "kill -9 $PPID; exit 0", ""],
  ])("is 2 with a message when the guard %s", (_, script, said) => {
    const { status, stdout, stderr } = run(shell, programs(script));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).toContain("so nothing runs");
  });

  test.each([
    ["the guard", { node: "/nonexistent/node" }],
    ["`timeout`", { timeout: "/nonexistent/timeout" }],
    ["`env`", { env: "/nonexistent/env" }],
  ])("is 2 with a message when %s is missing", (_, more) => {
    const { status, stderr } = run(shell, programs("exit 0", more));
    expect(status).toBe(2);
    expect(stderr).toContain("so nothing runs");
  });
});

test("is 2 when the guard takes too long, in each of them", { timeout: 30_000 }, async () => {
  const ended = shells.map((shell) => {
    const child = spawn(shell, ["-c", hookCommand("codex", programs("sleep 30"))], {
      stdio: "ignore",
      env: { PATH: "/usr/bin:/bin" },
    });
    return new Promise((done) => child.on("close", done));
  });
  expect(await Promise.all(ended)).toEqual(shells.map(() => 2));
});

test.each(["/a'b/node", "/a\\b/node", "/a\nb/node"])(
  "a path that not every shell quotes alike is refused: %j",
  (node) => {
    expect(() => hookCommand("claude", programs("", { node }))).toThrow(
      expect.objectContaining({ code: "GUARD_PATH" }),
    );
  },
);

test("for the whole machine it is whoever runs the host", () => {
  const line = hookCommand("claude", programs("", { account: null }));
  expect(line).toContain('HOME="$HOME"');
});
