// The default write scope: tracked source and test roots, never a protected path. Shown to the person before the run.
import { globLiteral } from "@ces/kernel";
import type { Git } from "@ces/ports";
import { isTestPath } from "./check-definition.ts";
import { protectionOf } from "./protected-paths.ts";

const SOURCE =
  /\.(c|cc|cpp|cs|css|dart|ex|exs|go|h|hpp|html|java|js|jsx|kt|less|lua|m|mjs|cjs|mts|cts|php|pl|py|rb|rs|scala|scss|sh|sql|svelte|swift|ts|tsx|vue|zig)$/i;
const ROOT_NAMES = new Set(
  "src lib app apps bin cmd pkg internal server client web api components pages public routes test tests __tests__ spec specs e2e docs".split(
    " ",
  ),
);
const CONTAINERS = new Set("packages apps services modules crates libs projects plugins examples".split(" "));

/** Where `sourceAndTestRoots` looks. */
export type ScopeRequest = { readonly git: Git; readonly baseTree: string };

/**
 * Globs, sorted. A tree without source gives `**` (greenfield); the caller subtracts `protectedPaths` in every case.
 * A root file is named literally; a flat project (all source at the root) also gets `*.<ext>` for new files.
 */
export async function sourceAndTestRoots({ git, baseTree }: ScopeRequest): Promise<readonly string[]> {
  const files = (await git.treeFiles(baseTree)).filter(
    (file) => file.mode !== "160000" && protectionOf(file.path) === undefined,
  );
  const sources = files.map((file) => file.path).filter((path) => SOURCE.test(path) || isTestPath(path));
  if (sources.length === 0) return ["**"];
  const folders = new Set(sources.flatMap((path) => rootOf(path) ?? []));
  const rootFiles = sources.filter((path) => !path.includes("/"));
  const flat = [...folders].every((folder) => isTestPath(`${folder}/x`))
    ? rootFiles.map((path) => `*${path.slice(path.lastIndexOf("."))}`)
    : [];
  return [
    ...new Set([...[...folders].map((folder) => `${globLiteral(folder)}/**`), ...rootFiles.map(globLiteral), ...flat]),
  ].sort();
}

// `packages/a/src/x.ts` → `packages/a/src`; `shop/cart.py` → `shop`.
function rootOf(path: string): string | undefined {
  const folders = path.split("/").slice(0, -1);
  if (folders.length === 0) return undefined;
  const named = folders.findIndex((name) => ROOT_NAMES.has(name) && !(CONTAINERS.has(name) && folders.length > 1));
  if (named >= 0 && named <= 3) return folders.slice(0, named + 1).join("/");
  return folders.slice(0, CONTAINERS.has(folders[0] ?? "") ? 2 : 1).join("/");
}
