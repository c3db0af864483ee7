// The programs that checks and agents need, as a sealed record: absolute path, digest, version, and what must be mounted (S24).
import { dirname } from "node:path";
import type { KnownPrograms } from "@ces/files";
import { CesError, isCesError } from "@ces/kernel";
import type { Tool, Toolchain } from "@ces/records";
import { askProgram, resolveTool } from "@ces/sandbox";
import { allowProbe } from "./allow-probe.ts";

/** Where to look; `home` is a real path. `known` keeps digests and versions until a file changes. */
interface Search {
  readonly path: string;
  readonly forbiddenRoots: readonly string[];
  readonly home: string;
  readonly known: KnownPrograms;
}

/** What a program needs beside itself. */
const companions: Readonly<Record<string, readonly string[]>> = {
  npm: ["node"],
  npx: ["node"],
  pnpm: ["node"],
  yarn: ["node"],
  pip: ["python3"],
  pytest: ["python3"],
};

/**
 * Resolves the named programs and their companions. `optional` ones that are missing are left out; a required one throws
 * TOOLCHAIN_MISSING (exit 5).
 */
export async function resolveToolchain(
  required: readonly string[],
  optional: readonly string[],
  search: Search,
): Promise<Toolchain> {
  const names = [...new Set([...required, ...required.flatMap((name) => companions[name] ?? []), ...optional])];
  const tools = await Promise.all(names.map((name) => resolveOne(name, required.includes(name), search)));
  return tools.filter((tool) => tool !== undefined);
}

/** Throws TOOLCHAIN_CHANGED (exit 5) when a sealed program is not the file it was (S24): the contract no longer says what would run. */
export async function verifyToolchain(toolchain: Toolchain, search: Search): Promise<void> {
  for (const tool of toolchain) {
    const found = resolveTool(tool.program, { ...search, override: tool.path });
    const digest =
      found.kind === "missing" ? undefined : await search.known.recall(tool.path, "sha256", found.tool.sha256);
    if (digest === tool.sha256) continue;
    throw new CesError("TOOLCHAIN_CHANGED", `\`${tool.path}\` is not the program that the contract was sealed with`, {
      remedy: 'ces build "…", for a contract with the new program',
    });
  }
}

async function resolveOne(name: string, required: boolean, search: Search): Promise<Tool | undefined> {
  // What /usr has is there in every box; elsewhere a program drags its whole prefix along, so /usr is asked first.
  const inUsr = resolveTool(name, { ...search, path: "/usr/local/bin:/usr/bin:/bin" });
  const found = inUsr.kind === "found" ? inUsr : resolveTool(name, search);
  if (found.kind === "missing") {
    if (!required) return undefined;
    throw new CesError("TOOLCHAIN_MISSING", `a check needs \`${name}\`, which was not found outside the project`, {
      remedy: `install ${name}, or leave the check out`,
    });
  }
  const { path, sha256 } = found.tool;
  const [digest, said] = await Promise.all([
    search.known.recall(path, "sha256", sha256),
    search.known.recall(path, "version", () => version(path)),
  ]);
  return { program: name, path, sha256: digest, version: said ?? "", mounts: mountsOf(path, search.home) };
}

/**
 * What must be visible to run a program. /usr is there anyway; an installation of its own (bin/ beside lib/) comes whole.
 * SECURITY: HOME and the folders right below it (`~/.local` holds CES's keys, `~/.cargo` a registry token) are no installation:
 * from there only the program itself is shown, even if it then cannot run.
 */
function mountsOf(path: string, home: string): string[] {
  if (path.startsWith("/usr/")) return [];
  const prefix = dirname(dirname(path));
  const holdsMore = prefix === "/" || dirname(prefix) === home || prefix === home || home.startsWith(`${prefix}/`);
  return [holdsMore ? path : prefix];
}

/**
 * First line of `--version`, or undefined when it prints none, or when the policy lets nobody start it (a fetcher): it is sealed by its
 * digest all the same. The program was judged before it is run; its environment is empty.
 */
async function version(path: string): Promise<string | undefined> {
  const question = { program: path, args: ["--version"], env: { PATH: "/usr/bin:/bin" }, timeout_ms: 5000 };
  try {
    const { said } = await askProgram(question, allowProbe(path));
    return said?.split("\n")[0]?.slice(0, 200);
  } catch (error) {
    if (isCesError(error, "COMMAND_CONTRACT_REFUSED")) return undefined;
    throw error;
  }
}
