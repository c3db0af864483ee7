// Which parts of a tree a box may write, worked out from a contract's globs: literal prefixes only, protected paths back to read-only (S31).
import { compileGlob } from "@ces/kernel";
import type { TreeFile } from "@ces/ports";
import type { WritablePath } from "@ces/sandbox";

export interface WriteMounts {
  readonly writable: readonly WritablePath[];
  readonly protect: readonly string[];
}

/**
 * The mounts for a write scope over a base tree. A glob whose literal prefix is a folder makes that folder writable, a literal
 * file makes the file (or, when it is new, its folder) writable. Existing files inside that the scope does not grant or that
 * are forbidden are protected; what cannot be expressed this way is held by the merge.
 */
export function writeMounts(
  scope: readonly string[],
  forbidden: readonly string[],
  base: readonly TreeFile[],
): WriteMounts {
  const granted = scope.map(compileGlob);
  const refused = forbidden.map(compileGlob);
  const names = new Set(base.map((file) => file.path));
  const writable = outermost(scope.map((pattern) => place(compileGlob(pattern).literalPrefix, names)));
  const isWritable = (path: string): boolean =>
    writable.some((root) => root.path === "" || path === root.path || path.startsWith(`${root.path}/`));
  const protect = base
    .map((file) => file.path)
    .filter(
      (path) =>
        isWritable(path) && (refused.some((glob) => glob.test(path)) || !granted.some((glob) => glob.test(path))),
    );
  return { writable, protect };
}

function place(prefix: string, names: ReadonlySet<string>): WritablePath {
  if (prefix === "") return { kind: "dir", path: "" };
  if (names.has(prefix)) return { kind: "file", path: prefix };
  const isFolder = [...names].some((name) => name.startsWith(`${prefix}/`)) || !/\.[A-Za-z0-9]+$/.test(prefix);
  if (isFolder) return { kind: "dir", path: prefix };
  return { kind: "dir", path: prefix.includes("/") ? prefix.slice(0, prefix.lastIndexOf("/")) : "" };
}

function outermost(places: readonly WritablePath[]): readonly WritablePath[] {
  const unique = [...new Map(places.map((entry) => [entry.path, entry])).values()];
  return unique.filter(
    (inner) =>
      !unique.some(
        (outer) =>
          outer !== inner && outer.kind === "dir" && (outer.path === "" || inner.path.startsWith(`${outer.path}/`)),
      ),
  );
}
