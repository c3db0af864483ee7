// Where an agent works, found without git: the folder with a `.git` above the shell's, never one that holds the home folder.
import { lstatSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

/** The workspaces of a call: the git toplevel of `cwd` or `cwd` itself, and the host's own roots; each also by its real path. */
export function findWorkspaces(given: {
  readonly cwd: string;
  readonly home: string;
  readonly roots: readonly string[];
}): readonly string[] {
  const { cwd, home, roots } = given;
  const own = toplevel(realOr(cwd), realOr(home)) ?? realOr(cwd);
  const all = [own, ...roots.filter((root) => !holds(root, home))].flatMap((path) => [path, realOr(path)]);
  return [...new Set(all)];
}

// SECURITY: a `.git` in the home folder or above it would make everything the agent's ground.
function toplevel(cwd: string, home: string): string | undefined {
  for (let at = cwd; ; at = dirname(at)) {
    if (holds(at, home)) return undefined;
    if (lstatSync(`${at}/.git`, { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

const holds = (folder: string, path: string): boolean =>
  folder === "/" || path === folder || path.startsWith(`${folder}/`);

function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
