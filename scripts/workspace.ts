// Where the workspace is, what packages it has, and how a script starts a program in it.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Absolute path of the repository's root. */
export const root = join(import.meta.dirname, "..");

/** A scratch folder of the scripts, ignored by git and gone with `node_modules`. */
export const cacheFolder = join(root, "node_modules/.cache/ces");

/** One package: its name, its folder relative to the root, and its plane (`apps` for an app). */
export interface Package {
  readonly name: string;
  readonly folder: string;
  readonly plane: string;
  readonly dependencies: readonly string[];
  readonly exports: Readonly<Record<string, string>>;
}

/** All packages present, sorted by folder: rooms of a plane, and a plane that is one package (`packages/delivery`). */
export function packages(base: string = root): Package[] {
  const apps = folders(join(base, "apps")).map((name) => ({ plane: "apps", folder: `apps/${name}` }));
  const planes = folders(join(base, "packages")).flatMap((plane) => [
    { plane, folder: `packages/${plane}` },
    ...folders(join(base, "packages", plane)).map((name) => ({ plane, folder: `packages/${plane}/${name}` })),
  ]);
  return [...apps, ...planes]
    .filter(({ folder }) => existsSync(join(base, folder, "package.json")))
    .map((place) => read(base, place));
}

/** Names of the folders in `path`, sorted; none when it does not exist. */
export function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map((entry) => entry.name)
    .sort();
}

/** Files below `folder` (absolute) as sorted relative paths; not into `node_modules`, `dist` and hidden folders. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isFile()) return [entry.name];
      if (!entry.isDirectory() || entry.name.startsWith(".") || entry.name === "node_modules" || entry.name === "dist")
        return [];
      return filesBelow(join(folder, entry.name)).map((inner) => `${entry.name}/${inner}`);
    })
    .sort();
}

/** Runs a program in the root with this terminal and returns its exit code; 1 when it could not start or was killed. */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", env });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}

/** Starts another script of this folder under the same node; its exit code. */
export function runScript(name: string, args: readonly string[] = []): number {
  return run(process.execPath, [join(root, "scripts", `${name}.ts`), ...args]);
}

function read(base: string, place: { plane: string; folder: string }): Package {
  const manifest = JSON.parse(readFileSync(join(base, place.folder, "package.json"), "utf8"));
  return {
    ...place,
    name: manifest.name,
    dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    exports: manifest.exports ?? {},
  };
}
