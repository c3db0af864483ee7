// The real agent clients the end-to-end tests drive: pinned, in a cache folder outside the repository.
// Nothing here reads or needs a credential: the tests point the clients at scripted model servers.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The versions the adapters are verified against (spec/runtimes). */
export const pinned = { "@openai/codex": "0.169.0", "@anthropic-ai/claude-code": "2.1.328" } as const;

/** Absolute paths of the two native binaries. */
export interface Clients {
  readonly claude: string;
  readonly codex: string;
}

/** `${XDG_CACHE_HOME:-$HOME/.cache}/ces-clients`; a relative XDG_CACHE_HOME is ignored, as its specification says. */
export function clientsFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"];
  return join(cache?.startsWith("/") ? cache : join(homedir(), ".cache"), "ces-clients");
}

/** The installed clients of exactly the pinned versions, or null. Starts nothing, fetches nothing. */
export function findClients(folder: string = clientsFolder()): Clients | null {
  for (const [name, version] of Object.entries(pinned)) if (installedVersion(folder, name) !== version) return null;
  const claude = firstExecutable(claudePaths(folder));
  const codex = firstExecutable(codexPaths(folder));
  return claude && codex ? { claude, codex } : null;
}

/** Finds the clients or installs them through npm; null, with a line on stderr, when that did not work. */
export function ensureClients(): Clients | null {
  const found = findClients();
  if (found) return found;
  console.error(`ces: installing the test clients (${list().join(", ")}) into ${clientsFolder()}`);
  const temporary = `${clientsFolder()}.${process.pid}.tmp`;
  try {
    install(temporary);
    replace(temporary, clientsFolder());
  } catch (error) {
    console.error(`ces: the test clients could not be installed: ${(error as Error).message}`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return findClients();
}

function list(): string[] {
  return Object.entries(pinned).map(([name, version]) => `${name}@${version}`);
}

// SECURITY: no script of theirs runs at install; the native binaries come as plain packages.
function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const args = [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--save-exact",
    "--loglevel=error",
    ...list(),
  ];
  const { status, error } = spawnSync("npm", args, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(error?.message ?? `npm ended with ${status}`);
  if (!findClients(folder)) throw new Error("npm brought no binary for this platform");
}

// INVARIANT: the folder is always whole. When two install at once the first one's stays.
function replace(temporary: string, folder: string): void {
  const old = `${temporary}.old`;
  if (existsSync(folder) && !findClients(folder)) renameSync(folder, old);
  if (!existsSync(folder)) renameSync(temporary, folder);
  rmSync(old, { recursive: true, force: true });
}

function installedVersion(folder: string, name: string): string | null {
  try {
    return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
  } catch {
    return null;
  }
}

function claudePaths(folder: string): string[] {
  const scope = join(folder, "node_modules/@anthropic-ai");
  const platform = `${process.platform}-${process.arch}`;
  return [`claude-code-${platform}/claude`, `claude-code-${platform}-musl/claude`].map((path) => join(scope, path));
}

function codexPaths(folder: string): string[] {
  const base = join(folder, `node_modules/@openai/codex-${process.platform}-${process.arch}/vendor`);
  return ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"].map((triple) => join(base, triple, "bin/codex"));
}

function firstExecutable(paths: readonly string[]): string | null {
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const clients = ensureClients();
  console.log(clients ? `claude ${clients.claude}\ncodex ${clients.codex}` : "no clients");
  process.exitCode = clients ? 0 : 1;
}
