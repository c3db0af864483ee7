// A project of npm with one check, a person's cache that a stub registry filled, and nobody on the network any more.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BuildData } from "./client-lab.ts";
import { cesProgram, type ScratchShop, scratchShop } from "./scratch-shop.ts";
import { fillCache, type StubPackage, stubRegistry } from "./stub-registry.ts";

/** How one `ces … --json` ended, with the data of a delivery. */
export interface DepsEnd {
  readonly code: number | null;
  readonly data: BuildData;
  readonly error: { readonly code: string; readonly message: string; readonly remedy?: string } | undefined;
}

export interface DepsShop extends ScratchShop {
  /** `ces deps apply …  --json`. */
  apply(...words: readonly string[]): Promise<DepsEnd>;
  /** Any other command that drives a delivery. */
  run(...words: readonly string[]): Promise<DepsEnd>;
  /** Advisories as a person imports them: records of malicious packages by name. */
  importAdvisories(malicious: readonly string[]): Promise<void>;
  /** Fetches into the person's cache what the registry has. */
  fetch(...specs: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The check passes where exactly the packages of the manifest are installed, and where each of them can be imported. */
const CHECK = `import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
test('what is asked for is there', async () => {
  for (const name of Object.keys(dependencies)) assert.ok(existsSync('node_modules/' + name), name);
  for (const name of Object.keys(dependencies)) assert.equal(typeof (await import(name)).default, 'function');
});
`;

const files: Readonly<Record<string, string>> = {
  "package.json":
    '{\n  "name": "tiny",\n  "version": "1.0.0",\n  "type": "module",\n  "scripts": {\n    "test": "node --test"\n  }\n}\n',
  "test/installed.test.js": CHECK,
  ".gitignore": ".ces/\nnode_modules/\n",
};

/** Makes the project with `boss` (may human) and `tester` (may hybrid); the registry has `packages`, the cache what is fetched. */
export async function depsShop(packages: readonly StubPackage[], fetched: readonly string[]): Promise<DepsShop> {
  const made = await scratchShop({ enrol: false });
  const registry = await stubRegistry(packages);
  for (const name of readdirSync(made.shop).filter((one) => one !== ".git"))
    rmSync(join(made.shop, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made.shop, path)), { recursive: true });
    writeFileSync(join(made.shop, path), content);
  }
  made.git("add", "-A");
  made.git("commit", "-q", "--amend", "-m", "base");
  writeFileSync(join(made.home, ".npmrc"), `registry=${registry.url}\n//127.0.0.1/:_authToken=canary\n`);
  const run: DepsShop["run"] = async (...words) => {
    const { code, document } = await made.json(words);
    // The shape is asserted by the tests that use it.
    return { code, data: (document.data ?? {}) as unknown as BuildData, error: document.error };
  };
  const shop: DepsShop = {
    ...made,
    run,
    apply: (...words) => run("deps", "apply", ...words),
    importAdvisories: (malicious) => importAdvisories(made, malicious),
    fetch: (...specs) => fillCache(made.home, registry.url, specs),
    close: async () => (await registry.close(), made.remove()),
  };
  await shop.fetch(...fetched);
  for (const words of [
    ["boss", "--may", "human"],
    ["tester", "--may", "hybrid", "--as", "boss"],
  ]) {
    const enrolled = await made.ces(["keys", "enroll", ...words]);
    if (enrolled.code !== 0) throw new Error(`keys enroll: ${enrolled.stderr}${enrolled.stdout}`);
  }
  return shop;
}

async function importAdvisories(made: ScratchShop, malicious: readonly string[]): Promise<void> {
  const modified = new Date().toISOString();
  const records = ["nothing-of-ours", ...malicious].map((name, at) => ({
    id: `MAL-2026-${at}`,
    modified,
    summary: "steals",
    affected: [{ package: { ecosystem: "npm", name }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] }],
  }));
  const file = join(dirname(made.shop), "advisories.jsonl");
  writeFileSync(file, records.map((one) => JSON.stringify(one)).join("\n"));
  const end = await made.ces(["guard", "deps", "import", file]);
  if (end.code !== 0) throw new Error(`guard deps import: ${end.stderr}${end.stdout}`);
}

/** A command at a terminal of its own, by a person who types back the code that is shown; the whole screen. */
export async function atTerminal({ shop, env }: ScratchShop, words: readonly string[]): Promise<string> {
  const line = [cesProgram, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: shop, env, stdio: ["pipe", "pipe", "inherit"] });
  let screen = "";
  let typed = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    const code = /type (\S+) to confirm: $/.exec(screen)?.[1];
    if (code === undefined || typed) return;
    typed = true;
    child.stdin.write(`${code}\n`);
  });
  await new Promise((resolve) => child.once("close", resolve));
  return screen;
}
