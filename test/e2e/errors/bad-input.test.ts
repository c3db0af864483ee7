// The wrong thing, typed at the product: one clear error, its exit code, and the next command. Nothing is written.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ended, type ScratchShop, scratchShop } from "../../support/e2e/scratch-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

interface Wrong {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly exit: number;
  readonly code: string;
  readonly next: RegExp;
}

const request = "Add input validation to the user registration endpoint";
const replay = ["--runtime", "replay", "--yes"];

const wrong: readonly Wrong[] = [
  { name: "a command that is none", args: ["biuld"], exit: 2, code: "USAGE_COMMAND", next: /ces/ },
  {
    name: "an option that is none",
    args: ["build", request, "--scoop", "src"],
    exit: 2,
    code: "USAGE_OPTION",
    next: /--help/,
  },
  {
    name: "a budget that is no number",
    args: ["build", request, "--token-budget", "many"],
    exit: 2,
    code: "USAGE_",
    next: /--help/,
  },
  {
    name: "both modes",
    args: ["build", request, "--greenfield", "--brownfield", ...replay],
    exit: 2,
    code: "USAGE_OPTIONS",
    next: /ces build --help/,
  },
  {
    name: "money that is none",
    args: ["build", request, "--cost-budget", "much", ...replay],
    exit: 2,
    code: "USAGE_OPTIONS",
    next: /ces build --help/,
  },
  {
    name: "a glob that leaves the project",
    args: ["build", request, "--scope", "../**", ...replay],
    exit: 2,
    code: "GLOB_INVALID",
    next: /./,
  },
  {
    name: "a check with an open quote",
    args: ["build", request, "--check", "npm run 'lint", ...replay],
    exit: 2,
    code: "CHECK_INVALID",
    next: /--check/,
  },
  {
    name: "a network host, which nothing would hold",
    args: ["build", request, "--network", "example.org", ...replay],
    exit: 3,
    code: "NETWORK_UNSUPPORTED",
    next: /--network/,
  },
  {
    name: "a request that no cassette answers",
    args: ["build", "Make it nicer", ...replay],
    exit: 2,
    code: "CASSETTE_MISSING",
    next: /--cassette/,
  },
  {
    name: "a cassette that is not there",
    args: ["build", request, ...replay, "--cassette", "/nonexistent.json"],
    exit: 2,
    code: "CASSETTE_MISSING",
    next: /--cassette/,
  },
  {
    name: "a check whose program is missing",
    args: ["build", request, ...replay, "--check", "no-such-program --x"],
    exit: 5,
    code: "TOOLCHAIN_MISSING",
    next: /install/,
  },
  {
    name: "a client that is not there",
    args: ["build", request, "--yes", "--runtime", "claude"],
    env: { PATH: "/usr/bin:/bin" },
    exit: 5,
    code: "RUNTIME_MISSING",
    next: /ces doctor/,
  },
  {
    name: "a client inside the project",
    args: ["build", request, "--yes", "--runtime", "claude"],
    env: { CES_CLAUDE_BIN: "./claude" },
    exit: 5,
    code: "RUNTIME_MISSING",
    next: /ces doctor/,
  },
  {
    name: "an unknown default runtime",
    args: ["build", request, "--yes"],
    env: { CES_DEFAULT_RUNTIME: "gpt" },
    exit: 2,
    code: "USAGE_OPTIONS",
    next: /ces build --help/,
  },
  {
    name: "an identity that nobody has",
    args: ["build", request, ...replay, "--as", "nobody"],
    exit: 2,
    code: "IDENTITY_UNKNOWN",
    next: /ces keys enroll nobody/,
  },
  {
    name: "a delivery that is none",
    args: ["continue", "D-000000000000"],
    exit: 2,
    code: "DELIVERY_UNKNOWN",
    next: /ces status/,
  },
  {
    name: "an audit key that is too short",
    args: ["status"],
    env: { CES_AUDIT_HMAC_SECRET: "short" },
    exit: 5,
    code: "KEY_TOO_SHORT",
    next: /./,
  },
  {
    name: "a state folder that is relative",
    args: ["status"],
    env: { XDG_STATE_HOME: "state" },
    exit: 5,
    code: "STATE_UNSAFE",
    next: /./,
  },
  { name: "a project that is ready already", args: ["init"], exit: 3, code: "PROJECT_EXISTS", next: /ces status/ },
  { name: "a project name that is none", args: ["init", "../x"], exit: 2, code: "USAGE_NAME", next: /ces init/ },
];

describe.skipIf(bwrapOrSkip())("bad input", () => {
  let shop: ScratchShop;
  beforeAll(async () => {
    shop = await scratchShop();
  });
  afterAll(() => shop.remove());

  test.each(wrong)("$name", async ({ args, env, exit, code, next }) => {
    const { code: status, document } = await shop.json(args, env ?? {});
    expect([status, document.ok]).toEqual([exit, false]);
    expect(document.error?.code).toMatch(new RegExp(`^${code}`));
    expect(document.error?.remedy ?? "").toMatch(next);
    expect(document.error?.message ?? "").toMatch(/^([^A-Z]|CES)/);
  });

  test("in a pipe the error is two lines on standard error, and nothing on standard output", async () => {
    const end = await shop.ces(["continue", "D-000000000000"]);
    expect(end.stdout).toBe("");
    expect(end.stderr.trim().split("\n")).toHaveLength(2);
    expect(end.stderr).toMatch(/^error: .*\[DELIVERY_UNKNOWN\]\nnext: ces status/);
  });
});

describe("places that are no projects", () => {
  const dir = mkdtempSync(join(tmpdir(), "ces-e2e-place-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test("a folder without git is told what to do; without consent nothing is made", async () => {
    const shop = await scratchShop({ enrol: false });
    const place = join(dir, "plain");
    mkdirSync(place);
    for (const [args, code] of [
      [["continue"], "NO_PROJECT"],
      [["build", request, "--runtime", "replay"], "NEEDS_CONSENT"],
    ] as const) {
      const end = await ended(shop.start([...args, "--json", "--project-root", place]));
      expect(JSON.parse(end.stdout)).toMatchObject({ ok: false, error: { code } });
    }
    expect(readdirSync(place)).toEqual([]);
    shop.remove();
  });

  test("a slip on the command line leaves nothing behind, also where consent was given", async () => {
    const shop = await scratchShop({ enrol: false });
    const place = join(dir, "slip");
    mkdirSync(place);
    for (const slip of [
      ["--scope", "/etc/**"],
      ["--check", "npm run 'lint"],
      ["--cost-budget", "much"],
    ]) {
      const end = await ended(shop.start(["build", request, ...replay, ...slip, "--json", "--project-root", place]));
      expect([end.code, readdirSync(place)]).toEqual([2, []]);
    }
    const looked = await ended(shop.start(["audit", "verify", "--json", "--project-root", shop.shop]));
    expect(JSON.parse(looked.stdout)).toMatchObject({ ok: false, error: { code: "NO_PROJECT" } });
    expect(readdirSync(shop.shop)).not.toContain(".ces");
    shop.remove();
  });

  test("nothing built yet, and a detached head", async () => {
    const shop = await scratchShop({ enrol: false });
    expect((await shop.json(["continue"])).document.error?.code).toBe("NO_PROJECT");
    shop.git("checkout", "-q", "--detach");
    expect((await shop.json(["build", request, ...replay])).document.error).toMatchObject({
      code: "NO_BRANCH",
      remedy: expect.stringContaining("git switch"),
    });
    shop.remove();
  });

  test("a repository that tracks `.ces` is refused before anything of it is read (S10)", async () => {
    const shop = await scratchShop({ enrol: false });
    mkdirSync(join(shop.shop, "pkg/.CES"), { recursive: true });
    writeFileSync(join(shop.shop, "pkg/.CES/project"), "x");
    shop.git("add", "-fA");
    shop.git("commit", "-qm", "hostile");
    expect(await shop.json(["status"])).toMatchObject({ code: 3, document: { error: { code: "STATE_TRACKED" } } });
    shop.remove();
  });
});
