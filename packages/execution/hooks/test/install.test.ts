// Putting the guard into each host's configuration: shown first, idempotent, taken out byte for byte.
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type HostName, hostNames } from "../src/hook-call.ts";
import { applyInstall, applyUninstall, remembered } from "../src/install/apply-install.ts";
import type { InstallRequest, Scope } from "../src/install/install-plan.ts";
import { planInstall, planUninstall } from "../src/install/plan-install.ts";
import { readSettings } from "../src/install/settings-file.ts";
import { folder, type Folder } from "./folder.ts";

const request = ({ root, home, project }: Folder, host: HostName, scope: Scope): InstallRequest => ({
  host,
  scope,
  places: { home, project, system: `${root}/`, env: {} },
  programs: {
    node: "/opt/node/bin/node",
    entry: "/opt/ces/dist/guard-hook.entry.js",
    timeout: "/usr/bin/timeout",
    env: "/usr/bin/env",
    account: scope === "managed" ? null : { HOME: home },
    compile_cache: null,
    snapshot: null,
  },
});

const install = (at: Folder, given: InstallRequest): void =>
  applyInstall(planInstall(given, readSettings), given, at.places);
const uninstall = (at: Folder, given: InstallRequest): readonly string[] => {
  const plan = planUninstall(given, readSettings, remembered(at.places, given));
  applyUninstall(plan, given, at.places);
  return plan.notes;
};

const everywhere = hostNames.flatMap((host) =>
  (["user", "project", "managed"] as const)
    .filter((scope) => host !== "opencode" || scope !== "managed")
    .map((scope) => [host, scope] as const),
);

describe.each(everywhere)("%s, %s", (host, scope) => {
  test("where there was nothing: made, idempotent, gone with the folders it made", () => {
    const at = folder();
    const given = request(at, host, scope);
    const plan = planInstall(given, readSettings);
    expect(plan.changes.length).toBeGreaterThan(0);
    expect(plan.changes.every(({ before }) => before === null)).toBe(true);
    install(at, given);
    expect(planInstall(given, readSettings).changes).toEqual([]);
    expect(plan.changes.map(({ path }) => readFileSync(path, "utf8"))).toEqual(plan.changes.map(({ after }) => after));
    expect(uninstall(at, given)).toEqual([]);
    for (const { path } of plan.changes) {
      expect(existsSync(path)).toBe(false);
      expect(existsSync(dirname(path))).toBe(false);
    }
  });

  test("over other content: that content comes back byte for byte, with its mode", () => {
    const at = folder();
    const given = request(at, host, scope);
    const paths = planInstall(given, readSettings).changes.map(({ path }) => path);
    for (const path of paths) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contentOf(path));
      chmodSync(path, 0o640);
    }
    install(at, given);
    uninstall(at, given);
    for (const path of paths.filter((one) => !isWhole(one))) {
      expect(readFileSync(path, "utf8")).toBe(contentOf(path));
      expect(lstatSync(path).mode & 0o777).toBe(0o640);
    }
  });

  test("changed since: only our part goes, and that is said", () => {
    const at = folder();
    const given = request(at, host, scope);
    install(at, given);
    const paths = planInstall(given, readSettings).unchanged;
    for (const path of paths) writeFileSync(path, `${readFileSync(path, "utf8")}\n`);
    const notes = uninstall(at, given);
    expect(notes).toHaveLength(paths.length);
    for (const path of paths)
      if (existsSync(path)) expect(readFileSync(path, "utf8")).not.toContain("guard-hook.entry");
    expect(planUninstall(given, readSettings, () => undefined).changes).toEqual([]);
  });
});

// A file of ours alone is not kept: what stood under its name before was ours too.
const isWhole = (path: string): boolean => /ces-guard\.(json|js|rules)$/.test(path);

const contentOf = (path: string): string =>
  path.endsWith(".toml") ? 'model = "x"   # mine\n[tui]\ny = 1\n' : '{ "hooks": {"Stop": [ ]},\n\t"mine": 1 }';

test("what is written is in the hosts' own form", () => {
  const at = folder();
  const text = (host: HostName, scope: Scope = "user") =>
    planInstall(request(at, host, scope), readSettings).changes.map(
      ({ path, after }) => [path.slice(at.root.length), after] as const,
    );
  const line = (host: string) =>
    `/usr/bin/timeout -k 1 5 /usr/bin/env -i PATH="$PATH" TMPDIR="$TMPDIR" HOME=${at.home} /opt/node/bin/node /opt/ces/dist/guard-hook.entry.js ${host} || /bin/sh -c 'echo "ces guard: the guard could not be asked, so nothing runs (see: ces guard doctor)" >&2; exit 2' || exit 2`;
  const parsed = (host: HostName, scope: Scope = "user") =>
    text(host, scope).map(([path, after]) => [path, JSON.parse(after ?? "")]);
  expect(parsed("claude")).toEqual([
    [
      "/home/.claude/settings.json",
      {
        hooks: {
          PreToolUse: [
            { matcher: "*", hooks: [{ type: "command", command: line("claude"), timeout: 10, onFailure: "block" }] },
          ],
          PostToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: line("claude"), timeout: 10 }] }],
        },
      },
    ],
  ]);
  expect(parsed("claude", "project")[0]?.[0]).toBe("/project/.claude/settings.local.json");
  expect(parsed("claude", "managed")[0]?.[0]).toBe("/etc/claude-code/managed-settings.json");
  expect(parsed("gemini")).toEqual([
    [
      "/home/.gemini/settings.json",
      {
        hooks: {
          BeforeTool: [
            { matcher: ".*", hooks: [{ name: "ces-guard", type: "command", command: line("gemini"), timeout: 10000 }] },
          ],
        },
      },
    ],
  ]);
  const cursor = { command: line("cursor"), timeout: 10, failClosed: true };
  expect(parsed("cursor")).toEqual([
    [
      "/home/.cursor/hooks.json",
      {
        version: 1,
        hooks: {
          beforeShellExecution: [cursor],
          preToolUse: [{ ...cursor, matcher: "Write|Edit|StrReplace|MultiEdit|EditNotebook|Delete|Read" }],
        },
      },
    ],
  ]);
  expect(parsed("copilot")).toEqual([
    [
      "/home/.copilot/hooks/ces-guard.json",
      { version: 1, hooks: { preToolUse: [{ type: "command", bash: line("copilot"), timeoutSec: 10 }] } },
    ],
  ]);
  const [hooks, config, rules] = text("codex");
  expect(JSON.parse(hooks?.[1] ?? "")).toEqual({
    hooks: { PreToolUse: [{ matcher: "*", hooks: [{ type: "command", command: line("codex"), timeout: 10 }] }] },
  });
  expect(config?.[1]).toMatch(
    /^\[features\] # ces guard\nunified_exec_tty = false # ces guard\n\n\[hooks\.state\."\/.*\/home\/\.codex\/hooks\.json:pre_tool_use:0:0"\] # ces guard\ntrusted_hash = "sha256:[0-9a-f]{64}" # ces guard\n$/,
  );
  expect(rules?.[0]).toBe("/home/.codex/rules/ces-guard.rules");
  expect(text("opencode")[0]?.[0]).toBe("/home/.config/opencode/plugin/ces-guard.js");
});

test("our entry goes after those that are there, and codex's trust names its index", () => {
  const at = folder();
  mkdirSync(join(at.home, ".codex"));
  writeFileSync(
    join(at.home, ".codex/hooks.json"),
    '{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"mine"}]}]}}',
  );
  const [hooks, config] = planInstall(request(at, "codex", "user"), readSettings).changes;
  expect(JSON.parse(hooks?.after ?? "").hooks.PreToolUse[0].hooks[0].command).toBe("mine");
  expect(config?.after).toContain(':pre_tool_use:1:0"]');
});

test("an entry of an older installation is replaced, and uninstalling takes it out, not back", () => {
  const at = folder();
  const given = request(at, "claude", "user");
  const older = { ...given, programs: { ...given.programs, node: "/old/node" } };
  writeFileSync(join(at.home, "keep"), "");
  install(at, older);
  install(at, given);
  const path = join(at.home, ".claude/settings.json");
  expect(readFileSync(path, "utf8")).not.toContain("/old/node");
  expect(uninstall(at, given)).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

test("settings that are kept elsewhere behind a link are written there, the link stays", () => {
  const at = folder();
  mkdirSync(join(at.home, ".claude"));
  mkdirSync(join(at.root, "dotfiles"));
  writeFileSync(join(at.root, "dotfiles/claude.json"), "{}\n");
  symlinkSync(join(at.root, "dotfiles/claude.json"), join(at.home, ".claude/settings.json"));
  const given = request(at, "claude", "user");
  install(at, given);
  expect(lstatSync(join(at.home, ".claude/settings.json")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(at.root, "dotfiles/claude.json"), "utf8")).toContain("guard-hook.entry");
  uninstall(at, given);
  expect(readFileSync(join(at.root, "dotfiles/claude.json"), "utf8")).toBe("{}\n");
});

describe("refused, and nothing is written", () => {
  const code = (run: () => void): unknown => {
    try {
      run();
      return "done";
    } catch (error) {
      return error instanceof Error && "code" in error ? error.code : error;
    }
  };

  test("settings that cannot be read", () => {
    for (const [name, content] of [
      ["broken", "{ nope"],
      ["bytes", Buffer.from([0x7b, 0xff])],
    ] as const) {
      const at = folder();
      mkdirSync(join(at.home, ".claude"));
      writeFileSync(join(at.home, ".claude/settings.json"), content);
      expect([name, code(() => install(at, request(at, "claude", "user")))]).toEqual([name, "GUARD_SETTINGS"]);
      expect(readFileSync(join(at.home, ".claude/settings.json"))).toEqual(Buffer.from(content));
    }
  });

  test("a link of a project that leads out of it", () => {
    const at = folder();
    mkdirSync(join(at.root, "elsewhere"));
    symlinkSync(join(at.root, "elsewhere"), join(at.project, ".claude"));
    expect(code(() => install(at, request(at, "claude", "project")))).toBe("GUARD_SETTINGS");
    expect(existsSync(join(at.root, "elsewhere/settings.local.json"))).toBe(false);
  });

  test("a file that changed while it was asked about", () => {
    const at = folder();
    const given = request(at, "claude", "user");
    const plan = planInstall(given, readSettings);
    mkdirSync(join(at.home, ".claude"));
    writeFileSync(join(at.home, ".claude/settings.json"), "{}");
    expect(code(() => applyInstall(plan, given, at.places))).toBe("GUARD_SETTINGS");
    expect(readFileSync(join(at.home, ".claude/settings.json"), "utf8")).toBe("{}");
  });

  test("a machine's requirements that have hooks of their own", () => {
    const at = folder();
    mkdirSync(join(at.root, "etc/codex"), { recursive: true });
    writeFileSync(join(at.root, "etc/codex/requirements.toml"), '[hooks]\nmanaged_dir = "/x"\n');
    expect(code(() => install(at, request(at, "codex", "managed")))).toBe("GUARD_SETTINGS");
  });

  test("a scope that the host does not have", () => {
    const at = folder();
    expect(code(() => install(at, request(at, "opencode", "managed")))).toBe("GUARD_SCOPE");
  });
});

test("a forged or broken record is no record: only our part is taken out", () => {
  const at = folder();
  const given = request(at, "claude", "user");
  install(at, given);
  const record = join(at.places.state, "installed-claude-user.json");
  for (const content of ["{", '{"files":[{"path":1}]}', '{"files":{}}']) {
    writeFileSync(record, content);
    expect(remembered(at.places, given)(join(at.home, ".claude/settings.json"))).toBeUndefined();
  }
  chmodSync(record, 0o666);
  expect(uninstall(at, given)).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(at.home, ".claude/settings.json"), "utf8"))).toEqual({});
});
