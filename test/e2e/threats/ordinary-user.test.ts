// The same walls for somebody who is nobody: `ces` started with an unprivileged uid, over a copy of the program that it may read.
import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { type CesEnd, ended } from "../../support/e2e/scratch-shop.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const UID = 12_345;
const CANARY = "CANARY-71c2";
const asRoot = process.geteuid?.() === 0;

const looks = {
  environ: "for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ; tr '\\0' '\\n' <$p/cmdline; done",
  descriptors:
    "for p in /proc/[0-9]*; do ls -l $p/fd; ls $p/fd | while read n; do [ $n -lt 63 ] || echo HIGH $n; done; done",
  writes:
    "for f in package.json .npmrc Makefile README.md .git/config; do echo x >$f && echo WROTE $f; done; echo ok >src/ok.txt && echo src may",
  privileges:
    "echo x >/proc/sys/kernel/core_pattern && echo WROTE; cp /bin/sh src/suid; chmod 4755 src/suid && echo SETUID; rm -f src/suid; unshare -Ur true && echo UNSHARED; grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status",
} as const;

// As an ordinary user every other test of this folder is this test.
describe.skipIf(bwrapOrSkip() || !asRoot)("as an ordinary user", () => {
  let base: string;
  let build: CesEnd;
  let tree: string;
  const seen = (name: keyof typeof looks): string =>
    spawnSync("git", ["-C", join(base, "shop"), "cat-file", "blob", `${tree}:src/seen/${name}.txt`], {
      encoding: "utf8",
      uid: UID,
      gid: UID,
      env: { PATH: process.env["PATH"] ?? "", HOME: base },
    }).stdout;

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), "ces-user-"));
    copyProgram();
    copyShop();
    spawnSync("chown", ["-R", `${UID}:${UID}`, base]);
    chownSync(base, UID, UID);
    const enrolled = await ces(["keys", "enroll", "tester", "--may", "hybrid", "--yes"]);
    if (enrolled.code !== 0) throw new Error(enrolled.stderr);
    await play("attack");
    tree = /candidate ([0-9a-f]+)/.exec((await ces(["audit", "-e", "evidence", "--json"])).stdout)?.[1] ?? "";
    build = await play("honest");
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  test("a build is checked, reviewed and merged", () => {
    expect(JSON.parse(build.stdout)).toMatchObject({
      ok: true,
      data: { state: "merged", checks: [{ outcome: "passed" }] },
    });
  });

  test("every canary of a proof holds", { timeout: 60_000 }, async () => {
    const { code, stdout } = await ces(["doctor", "--prove", "--json"]);
    const { proof } = JSON.parse(stdout).data;
    expect(proof.canaries.filter(({ held }: { readonly held: boolean }) => !held)).toEqual([]);
    expect({ code, recorded: proof.recorded, some: proof.canaries.length > 10 }).toEqual({
      ...{ code: 0, recorded: true, some: true },
    });
  });

  test("S01: no environment and no argument list inside holds a secret or a path of the host", () => {
    const text = seen("environ");
    expect(text).toContain("PATH=");
    expect(text).not.toMatch(/CANARY|ces-user-|ANTHROPIC_API_KEY/);
  });

  test("S02, S25: no capability, no new privilege, the filter is on, no set-id file, no sysctl, no second name space", () => {
    expect(
      seen("privileges")
        .trim()
        .split("\n")
        .map((line) => line.replace(/\s+/g, " ")),
    ).toEqual(["CapEff: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2"]);
  });

  test("S14: descriptors that ces was started with are in no process inside", () => {
    expect(seen("descriptors")).toContain("socket:");
    expect(seen("descriptors")).not.toMatch(/opened|HIGH|udp/);
  });

  test("S31: only the scope is writable", () => {
    expect(seen("writes").trim()).toBe("src may");
  });

  test("the state is his alone, and nothing of the box is left in it", () => {
    const state = join(base, "state/ces");
    const [project = ""] = readdirSync(state).filter((name) => /^[0-9a-f]{32}$/.test(name));
    expect(readdirSync(join(state, project, "boxes"))).toEqual([]);
    expect(existsSync(join(base, "shop/src/note.js"))).toBe(true);
  });

  test("S07: a state folder that a group may write is refused for him too", async () => {
    mkdirSync(join(base, "open"), { mode: 0o777 });
    spawnSync("chmod", ["0777", join(base, "open")]);
    const end = await ces(["status", "--json"], { XDG_STATE_HOME: join(base, "open") });
    expect(end.code).toBe(5);
    expect(end.stdout).toContain("STATE_UNSAFE");
  });

  const play = (name: string): Promise<CesEnd> =>
    ces([
      "build",
      "Add a note",
      "--runtime",
      "replay",
      "--cassette",
      join(base, `home/${name}.json`),
      "--yes",
      "--as",
      "tester",
      "--max-retries",
      "0",
      "--json",
    ]);

  /** Started with a file, a folder and a socket left open. */
  function ces(args: readonly string[], more: Record<string, string> = {}): Promise<CesEnd> {
    const env = {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: join(base, "home"),
      XDG_STATE_HOME: join(base, "state"),
      ANTHROPIC_API_KEY: CANARY,
      PLAIN: CANARY,
      ...more,
    };
    const folder = join(base, "opened");
    const script = `exec 9<'${folder}/key' 63<'${folder}' 200<>/dev/udp/127.0.0.1/9; exec '${base}/node' '${base}/ces/apps/cli/dist/main.js' "$@"`;
    return ended(
      spawn("bash", ["-c", script, "ces", ...args], {
        cwd: join(base, "shop"),
        env,
        uid: UID,
        gid: UID,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }

  /** The checkout may lie where only root can read: node, the bundle and its one native package are copied. */
  function copyProgram(): void {
    cpSync(process.execPath, join(base, "node"));
    cpSync(join(root, "apps/cli/dist"), join(base, "ces/apps/cli/dist"), { recursive: true });
    cpSync(join(root, "apps/cli/package.json"), join(base, "ces/apps/cli/package.json"));
    const from = createRequire(join(root, "packages/platform/store/package.json"));
    for (const name of ["better-sqlite3"])
      cpSync(packageDir(from, name), join(base, "ces/node_modules", name), { recursive: true, dereference: true });
    for (const dir of ["examples/freshcart"]) cpSync(join(root, dir), join(base, "ces", dir), { recursive: true });
  }

  function copyShop(): void {
    const shop = join(base, "shop");
    cpSync(join(root, "examples/freshcart"), shop, {
      recursive: true,
      filter: (path) => !/cassettes|node_modules/.test(path.slice(root.length)),
    });
    const git = (...args: readonly string[]) =>
      spawnSync("git", ["-C", shop, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        env: { PATH: process.env["PATH"] ?? "", GIT_CONFIG_NOSYSTEM: "1", HOME: base },
      });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
    for (const dir of ["home/.config/ces", "opened", "state/ces"])
      mkdirSync(join(base, dir), { recursive: true, mode: 0o700 });
    // The walls are tested here: the command guard only observes.
    writeFileSync(join(base, "home/.config/ces/guard.json"), '{"mode":"observe"}', { mode: 0o600 });
    writeFileSync(join(base, "opened/key"), CANARY);
    writeFileSync(join(base, "state/ces/demo-scratch"), `${shop}\n`, { mode: 0o600 });
    const steps = Object.entries(looks).map(([name, look]) => ({
      tool: "Bash",
      command: `mkdir -p src/seen; { ${look}; } >src/seen/${name}.txt 2>/dev/null; true`,
    }));
    record("attack", steps, []);
    record("honest", [{ tool: "Bash", command: "echo 'export const note = 1' > src/note.js" }], ["src/note.js"]);
  }

  function record(name: string, steps: readonly object[], files: readonly string[]): void {
    const claim = {
      summary: "done",
      files_changed: [],
      criteria_satisfied: [],
      open_questions: [],
      scope_deviations: [],
      verification_commands: [],
    };
    const examined = files.map((path) => ({ path, note: "read it" }));
    writeFileSync(
      join(base, `home/${name}.json`),
      JSON.stringify({
        schema: "ces.cassette/v1",
        name,
        request: "Add a note",
        steps: [...steps, { claim }],
        reviews: { structural: { examined, findings: [] } },
      }),
    );
  }
});

function packageDir(from: NodeJS.Require, name: string): string {
  return dirname(realpathSync(from.resolve(`${name}/package.json`)));
}
