// Installed dependencies of the user's checkout that a run may see, read-only (S13): real folders of the checkout, found
// beside the manifests of the base, never what a link points to.
import { lstatSync, readFileSync, readdirSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { TreeFile } from "@ces/ports";

/** One read-only bind: the folder in the checkout and its place in the worktree. `notes` are links that lead out of it. */
export type DependencyBind = { readonly source: string; readonly path: string; readonly notes: readonly string[] };

/** A folder that is not bound. */
export type RefusedBind = { readonly path: string; readonly code: "BIND_ESCAPES"; readonly why: string };

/** What to look for. `never`: HOME, the trust domain, the state folder; no bind holds one or lies in one of the latter two. */
export type DependencyRequest = {
  readonly checkoutRoot: string;
  readonly baseFiles: readonly TreeFile[];
  readonly home: string;
  readonly trusted: readonly string[];
};

/** All binds and all refusals; the caller shows the refusals. */
export type DependencyFolders = { readonly binds: readonly DependencyBind[]; readonly refused: readonly RefusedBind[] };

const KINDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(^|\/)package\.json$/, ["node_modules"]],
  [/(^|\/)(pyproject\.toml|setup\.py|setup\.cfg|requirements[^/]*\.txt|Pipfile)$/, [".venv", "venv"]],
  [/(^|\/)Gemfile$/, ["vendor/bundle"]],
  [/(^|\/)composer\.json$/, ["vendor"]],
];

/** Looks beside each tracked manifest. A folder that the base tracks (vendored code) is part of the tree and no bind. */
export function dependencyFolders(request: DependencyRequest): DependencyFolders {
  const binds: DependencyBind[] = [];
  const refused: RefusedBind[] = [];
  for (const path of candidatePaths(request.baseFiles)) {
    const answer = examine(path, request);
    if (answer === undefined) continue;
    if ("source" in answer) binds.push(answer);
    else refused.push(answer);
  }
  return { binds, refused };
}

function candidatePaths(files: readonly TreeFile[]): readonly string[] {
  const paths = files.flatMap(({ path }) =>
    KINDS.filter(([manifest]) => manifest.test(path)).flatMap(([, names]) =>
      names.map((name) => join(dirname(path), name)),
    ),
  );
  return [...new Set(paths)].sort();
}

function examine(
  path: string,
  { checkoutRoot, baseFiles, home, trusted }: DependencyRequest,
): DependencyBind | RefusedBind | undefined {
  const source = join(checkoutRoot, path);
  if (baseFiles.some((file) => file.path.startsWith(`${path}/`))) return undefined;
  if (baseFiles.some((file) => file.path === path)) return refusal(path, "is tracked by the base");
  const kind = componentsOf(checkoutRoot, path);
  if (kind === "absent") return undefined;
  if (kind !== "folder") return refusal(path, kind);
  const places = [home, ...trusted].map(real);
  if (places.some((place) => inside(place, source))) return refusal(path, "holds HOME or CES's own state");
  if (trusted.map(real).some((place) => inside(source, place))) return refusal(path, "lies in CES's own state");
  if (/(^|\/)\.?venv$/.test(path) && installsInPlace(source, checkoutRoot))
    return refusal(path, "installs the checkout in place: checks would test the old code");
  return { source, path, notes: linksOut(source) };
}

function componentsOf(root: string, path: string): string {
  let at = root;
  for (const name of path.split("/")) {
    at = join(at, name);
    const facts: Stats | undefined = lstatSync(at, { throwIfNoEntry: false });
    if (facts === undefined) return "absent";
    if (facts.isSymbolicLink()) return "is a link, or lies below one";
    if (!facts.isDirectory()) return "is not a folder";
  }
  return "folder";
}

// `.pth` files and `direct_url.json` of editable installs name the checkout.
function installsInPlace(venv: string, root: string): boolean {
  const lib = join(venv, "lib");
  const site = folderNames(lib).map((name) => join(lib, name, "site-packages"));
  return site.some((folder) =>
    folderNames(folder).some((name) => {
      const path = name.endsWith(".dist-info") ? join(folder, name, "direct_url.json") : join(folder, name);
      return /\.(pth|egg-link|json)$/.test(path) && smallText(path).includes(root);
    }),
  );
}

// Links at the top (and below scopes) that leave the folder. They dangle or lead into the worktree inside, which is harmless;
// they are named because a check may then miss something.
function linksOut(source: string): readonly string[] {
  const names = folderNames(source).flatMap((name) =>
    name.startsWith("@") ? folderNames(join(source, name)).map((inner) => join(name, inner)) : [name],
  );
  return names.filter((name) => {
    const path = join(source, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
    return !inside(resolve(dirname(path), readlinkSync(path)), source);
  });
}

function inside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function smallText(path: string): string {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  return facts?.isFile() === true && facts.size < 65_536 ? readFileSync(path, "utf8") : "";
}

function folderNames(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function refusal(path: string, why: string): RefusedBind {
  return { path, code: "BIND_ESCAPES", why };
}
