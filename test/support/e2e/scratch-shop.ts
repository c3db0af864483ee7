// A copy of FreshCart with its own repository, HOME, state and identity, and `ces` started in it as a person would.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The program under test: the built one, started by its own launcher. */
export const cesProgram = join(root, "bin/ces");

/** How a run of `ces` ended. `document` is the one JSON document of `--json`. */
export interface CesEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScratchShop {
  /** The project's folder. */
  readonly shop: string;
  readonly home: string;
  readonly state: string;
  /** Environment of every run; tests add keys and binaries to it. */
  readonly env: Record<string, string>;
  git(...args: readonly string[]): string;
  ces(args: readonly string[], more?: Record<string, string>): Promise<CesEnd>;
  /** Starts `ces` and leaves it running. */
  start(args: readonly string[], more?: Record<string, string>): ChildProcess;
  /** The one document of a `--json` run, parsed. Throws when stdout is not exactly one document. */
  json(
    args: readonly string[],
    more?: Record<string, string>,
  ): Promise<{ readonly code: number | null; readonly document: Envelope; readonly stderr: string }>;
  remove(): void;
}

/** What `--json` prints. */
export interface Envelope {
  readonly schema: string;
  readonly ok: boolean;
  // The shape of each command's data is asserted by the tests that use it.
  readonly data?: Record<string, unknown>;
  readonly error?: { readonly code: string; readonly message: string; readonly remedy?: string };
}

/** `guard: "observe"`: commands reach the walls although the command guard would stop them; for tests of the walls. */
export interface ShopOptions {
  readonly enrol?: boolean;
  readonly guard?: "observe";
}

/** Makes the copy, commits it, and enrols `tester` (may hybrid) unless told not to. */
export async function scratchShop(options: ShopOptions = {}): Promise<ScratchShop> {
  if (!existsSync(join(root, "apps/cli/dist/main.js"))) throw new Error("ces is not built; run: npx -y pnpm@12 build");
  const base = mkdtempSync(join(tmpdir(), "ces-e2e-"));
  const shop = join(base, "shop");
  const home = join(base, "home");
  mkdirSync(home);
  cpSync(join(root, "examples/freshcart"), shop, {
    recursive: true,
    filter: (path) => !/cassettes|node_modules/.test(path.slice(root.length)),
  });
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    XDG_STATE_HOME: join(base, "state"),
    LANG: "C.UTF-8",
  };
  const git = (...args: readonly string[]): string => {
    const done = spawnSync("git", ["-C", shop, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
      env: { ...env, GIT_CONFIG_NOSYSTEM: "1" },
    });
    if (done.status !== 0) throw new Error(`git ${args.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  if (options.guard !== undefined) setGuard(home, options.guard);
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "base");
  const start: ScratchShop["start"] = (args, more = {}) =>
    spawn(cesProgram, args, { cwd: shop, env: { ...env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
  const ces: ScratchShop["ces"] = async (args, more = {}) => ended(start(args, more));
  const made: ScratchShop = {
    shop,
    home,
    state: join(base, "state"),
    env,
    git,
    ces,
    start,
    json: async (args, more = {}) => {
      const end = await ces([...args, "--json"], more);
      if (!end.stdout.startsWith("{"))
        throw new Error(`ces ${args.join(" ")} ended ${end.code ?? end.signal} without a document: ${end.stderr}`);
      // The type is what the envelope promises; a document of another shape fails the assertions of the test.
      return { code: end.code, document: JSON.parse(end.stdout) as Envelope, stderr: end.stderr };
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
  if (options.enrol !== false) await enrol(made);
  return made;
}

function setGuard(home: string, mode: string): void {
  const folder = join(home, ".config/ces");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "guard.json"), JSON.stringify({ mode }), { mode: 0o600 });
}

async function enrol(made: ScratchShop): Promise<void> {
  const end = await made.ces(["keys", "enroll", "tester", "--may", "hybrid", "--yes"]);
  if (end.code !== 0) throw new Error(`keys enroll: ${end.stderr}${end.stdout}`);
}

/** Waits for a started `ces`. */
export async function ended(child: ChildProcess): Promise<CesEnd> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}
