// Paths as text: flavour, normal form, and whether one lies within another. Nothing here knows what is on a disk; links are the
// executor's. Source: spec/csc.md §2.6.

/** Whose rules a path follows. Different flavours never match. */
export type PathFlavour = "posix" | "windows";

/** The normal form, or why there is none. */
export type NormalPath =
  | { readonly kind: "absolute"; readonly flavour: PathFlavour; readonly normal: string }
  | { readonly kind: "not_absolute"; readonly flavour: PathFlavour };

/** Windows for a UNC beginning (two separators) or a drive letter with a separator, else POSIX. */
export function flavourOf(path: string): PathFlavour {
  return /^(?:\\\\|\/\/|[A-Za-z]:[\\/])/.test(path) ? "windows" : "posix";
}

/** Collapses separators, `.` and a trailing slash; keeps `..`. Windows paths become lower case with forward slashes. */
export function normalPath(path: string): NormalPath {
  const flavour = flavourOf(path);
  const split = flavour === "posix" ? splitPosix(path) : splitWindows(path);
  if (split === undefined) return { kind: "not_absolute", flavour };
  const names = split.rest.split("/").filter((name) => name !== "" && name !== ".");
  return { kind: "absolute", flavour, normal: split.root + names.join("/") };
}

// A root ends in a slash; the rest is relative to it.
type Split = { readonly root: string; readonly rest: string };

function splitPosix(path: string): Split | undefined {
  return path.startsWith("/") ? { root: "/", rest: path } : undefined;
}

function splitWindows(path: string): Split | undefined {
  const text = path.replaceAll("\\", "/").toLowerCase();
  const drive = /^[a-z]:\//.exec(text);
  if (drive !== null) return { root: drive[0], rest: text.slice(3) };
  const share = /^\/\/[^/]+\/[^/]+/.exec(text);
  return share === null ? undefined : { root: `${share[0]}/`, rest: text.slice(share[0].length) };
}

/**
 * The normal form with `..` taken away from the left as text: `/w/a/../b` is `/w/b`. Nothing climbs above the root.
 * Undefined for a path that is not absolute.
 */
export function resolvedPath(path: string): string | undefined {
  const form = normalPath(path);
  if (form.kind === "not_absolute") return undefined;
  const split = form.flavour === "posix" ? splitPosix(form.normal) : splitWindows(form.normal);
  if (split === undefined) return undefined;
  const kept: string[] = [];
  for (const name of split.rest.split("/")) {
    if (name === "..") kept.pop();
    else if (name !== "") kept.push(name);
  }
  return split.root + kept.join("/");
}

/** True when `path` is one of `prefixes` or below one, at a separator, in the same flavour. Lexical; `..` is kept as a name. */
export function isWithin(path: string, prefixes: readonly string[]): boolean {
  const form = normalPath(path);
  return form.kind === "absolute" && prefixes.some((prefix) => holds(prefix, form.normal, form.flavour));
}

/** The same after `resolvedPath` of both: `/w/../etc` is not within `/w`. */
export function isWithinResolved(path: string, prefixes: readonly string[]): boolean {
  return withinResolved(prefixes)(path);
}

/** `isWithinResolved` for many paths: the prefixes are looked at once. */
export function withinResolved(prefixes: readonly string[]): (path: string) => boolean {
  const roots = prefixes.map((prefix) => resolvedPath(prefix)).filter((root) => root !== undefined);
  return (path) => {
    const resolved = resolvedPath(path);
    return resolved !== undefined && roots.some((root) => isAtOrBelow(resolved, root));
  };
}

function holds(prefix: string, normal: string, flavour: PathFlavour): boolean {
  const form = normalPath(prefix);
  return form.kind === "absolute" && form.flavour === flavour && isAtOrBelow(normal, form.normal);
}

function isAtOrBelow(normal: string, root: string): boolean {
  const below = root.endsWith("/") ? root : `${root}/`;
  const alike = flavourOf(normal) === flavourOf(root);
  return alike && (normal === root || `${normal}/` === below || normal.startsWith(below));
}

/** True when a segment of the path, by either separator, is `.` or `..`. */
export function hasDots(path: string): boolean {
  return path.split(/[\\/]/).some((name) => name === "." || name === "..");
}
