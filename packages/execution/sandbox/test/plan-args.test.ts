// The whole argument list of one full plan, and laws over all plans.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundLimits } from "../src/bound-limits.ts";
import { DEFAULT_LIMITS, planArgs, planCommand } from "../src/index.ts";
import type { BoxPlan, TreePlan } from "../src/index.ts";

const MB = 1 << 20;

const FULL: BoxPlan = {
  run: "R-1",
  root: "/state/R-1",
  user: { uid: 61_200, gid: 61_200 },
  bwrap: "/usr/bin/bwrap",
  lock: "/state/R-1/lock",
  keepOut: [],
  system: { links: [["usr/bin", "/bin"]], mounts: [{ source: "/usr", inside: "/usr" }], procMasks: ["keys"] },
  tools: [{ source: "/opt/agent", inside: "/opt/agent" }],
  command: ["/opt/agent/claude", "-p"],
  cwd: "/workspace",
  env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:8787" },
  tree: {
    source: "/state/tree",
    git: "/state/git",
    writable: [
      { kind: "dir", path: "src" },
      { kind: "file", path: "README.md" },
    ],
    protect: ["src/a/b.js"],
    dependencies: [{ source: "/home/u/p/node_modules", at: "node_modules", checkout: "/home/u/p" }],
    scratch: [{ path: "coverage", bytes: MB }],
  },
  home: { kind: "dir", path: "/state/R-1/home" },
  files: { "/home/agent/.codex/config.toml": "x" },
  masks: [{ kind: "dir", inside: "/workspace/.claude" }],
  gates: [{ source: "/state/gate", inside: "/run/gate" }],
  bridge: {
    node: "/opt/node/bin/node",
    script: "/opt/ces/bridge.entry.js",
    forwards: [{ listen: "127.0.0.1:8787", socket: "/run/gate/model.sock" }],
  },
  limits: { ...DEFAULT_LIMITS, shm_bytes: MB, tmp_bytes: 2 * MB },
};

test("a full plan, whole", () => {
  expect(lines(planArgs(FULL))).toBe(
    `
--unshare-all
--unshare-user
--disable-userns
--cap-drop ALL
--new-session
--die-with-parent
--uid 1000
--gid 1000
--hostname sandbox
--seccomp 4
--json-status-fd 5
--clearenv
--setenv PATH /usr/bin:/bin
--setenv HOME /home/agent
--setenv LANG C.UTF-8
--setenv TERM dumb
--setenv ANTHROPIC_BASE_URL http://127.0.0.1:8787
--tmpfs /etc
--ro-bind /usr /usr
--symlink usr/bin /bin
--dir /var
--symlink ../tmp /var/tmp
--proc /proc
--ro-bind /proc/sys /proc/sys
--ro-bind /dev/null /proc/keys
--dev /dev
--size 1048576
--tmpfs /dev/shm
--size 2097152
--tmpfs /tmp
--size 1048576
--tmpfs /run
--ro-bind /opt/agent /opt/agent
--ro-bind /opt/node/bin/node /opt/ces/node
--ro-bind /opt/ces/bridge.entry.js /opt/ces/bridge.js
--bind /state/R-1/home /home/agent
--ro-bind /state/tree /workspace
--bind /state/tree/README.md /workspace/README.md
--bind /state/tree/src /workspace/src
--bind /state/R-1/home/.codex /home/agent/.codex
--bind /state/tree/src/a /workspace/src/a
--ro-bind /state/tree/src/a/b.js /workspace/src/a/b.js
--ro-bind /state/git /workspace/.git
--ro-bind /home/u/p/node_modules /workspace/node_modules
--size 1048576
--tmpfs /workspace/coverage
--ro-bind /state/R-1/empty /workspace/.claude
--ro-bind /state/R-1/files/0 /etc/gitconfig
--ro-bind /state/R-1/files/1 /etc/group
--ro-bind /state/R-1/files/2 /etc/hosts
--ro-bind /state/R-1/files/3 /etc/nsswitch.conf
--ro-bind /state/R-1/files/4 /etc/passwd
--ro-bind /state/R-1/files/5 /home/agent/.codex/config.toml
--ro-bind /state/gate /run/gate
--ro-bind /state/R-1/lock /run/ces/lock
--lock-file /run/ces/lock
--remount-ro /etc
--remount-ro /run
--remount-ro /dev
--remount-ro /
--chdir /workspace
`.trim(),
  );
});

test("the command goes through the start script and the bridge", () => {
  const [shell, flag, , name, ...rest] = planCommand(FULL);
  expect([shell, flag, name, rest]).toEqual([
    "/bin/sh",
    "-c",
    "ces-box:R-1",
    [
      "/opt/ces/node",
      "--disable-sigusr1",
      "/opt/ces/bridge.js",
      "--forward",
      "127.0.0.1:8787=/run/gate/model.sock",
      "--",
      "/opt/agent/claude",
      "-p",
    ],
  ]);
});

const part = fc.stringMatching(/^[a-c]{1,2}$/);
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const anyTree: fc.Arbitrary<TreePlan> = fc.record({
  source: fc.constant("/state/tree"),
  writable: fc.array(
    fc.record({ kind: fc.constantFrom("dir" as const, "file" as const), path: fc.oneof(path, fc.constant("")) }),
    { maxLength: 4 },
  ),
  protect: fc.array(path, { maxLength: 4 }),
  dependencies: fc.constant([]),
  scratch: fc.constant([]),
});

test("no argument list binds a writable path outside the plan's writable places and HOME", () => {
  fc.assert(
    fc.property(anyTree, fc.array(path, { maxLength: 3 }), (tree, masked) => {
      const plan: BoxPlan = { ...FULL, tree, masks: masked.map((p) => ({ kind: "dir", inside: `/workspace/${p}` })) };
      const allowed = [
        "/state/R-1/home",
        ...tree.writable.map((w) => (w.path === "" ? "/state/tree" : `/state/tree/${w.path}`)),
      ];
      expect(
        binds(planArgs(plan)).filter(
          (source) => !allowed.some((root) => source === root || source.startsWith(`${root}/`)),
        ),
      ).toEqual([]);
    }),
  );
});

test("after its last writable bind, every protected place and every folder above it inside a writable one is a mount", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const args = planArgs({ ...FULL, tree });
      const mounts = new Set(
        args.flatMap((arg, at) => (["--bind", "--ro-bind"].includes(arg) ? [args[at + 2] ?? ""] : [])),
      );
      for (const kept of tree.protect) {
        expect(args.lastIndexOf("--bind")).toBeLessThan(
          args.findIndex((arg, at) => arg === "--ro-bind" && args[at + 2] === `/workspace/${kept}`),
        );
        expect(foldersAbove(kept, tree).filter((folder) => !mounts.has(folder))).toEqual([]);
      }
    }),
  );
});

// Folders above a path that lie inside a writable one.
function foldersAbove(path: string, tree: TreePlan): readonly string[] {
  const roots = tree.writable
    .filter((w) => w.kind === "dir")
    .map((w) => (w.path === "" ? "/workspace" : `/workspace/${w.path}`));
  const parts = path.split("/");
  return parts
    .slice(1)
    .map((_, at) => `/workspace/${parts.slice(0, at + 1).join("/")}`)
    .filter((folder) => roots.some((root) => folder.startsWith(`${root}/`)));
}

test("a limit that was not found as asked is not called bound", () => {
  const report =
    "limit Max core file size        0                    0                    bytes\nlimit Max open files            4096                 8192                 files\n";
  const found = boundLimits(DEFAULT_LIMITS, report)
    .filter((limit) => limit.held_by === "kernel")
    .map((limit) => [limit.name, limit.bound]);
  expect(found).toEqual([
    ["core_bytes", true],
    ["file_bytes", false],
    ["open_files", false],
    ["processes", false],
    ["tmp_bytes", true],
    ["shm_bytes", true],
  ]);
});

function binds(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) =>
    arg === "--bind" || arg === "--bind-try" || arg === "--dev-bind" ? [args[at + 1] ?? ""] : [],
  );
}

function lines(args: readonly string[]): string {
  return args
    .map((arg) => (arg.startsWith("--") ? `\n${arg}` : ` ${arg}`))
    .join("")
    .trim();
}
