// What a path text leads to right now: every existing component resolved. Paths come from contracts (attacker-controlled), and what
// stands on the disk may have been put there by an earlier command.
import { realpathSync, statSync, type BigIntStats } from "node:fs";
import { basename, dirname, join } from "node:path";

/** `missing`: nothing stands there; `path` is the real folder that does exist, and the rest. */
export type RealPath =
  | { readonly kind: "there"; readonly path: string; readonly stat: BigIntStats }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreachable"; readonly why: string };

/** Resolves an absolute path. Never throws. */
export function realPathOf(path: string): RealPath {
  try {
    const real = realpathSync.native(path);
    return { kind: "there", path: real, stat: statSync(real, { bigint: true }) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "failed";
    if (code !== "ENOENT" || path === "/") return { kind: "unreachable", why: code };
  }
  const above = realPathOf(dirname(path));
  return above.kind === "unreachable" ? above : { kind: "missing", path: join(above.path, basename(path)) };
}

/** True when `path` is `folder` or lies below it. Both absolute and without `.` or `..`. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** True when a real path is one of the real folders or lies below one. */
export function isBelowAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isBelow(path, folder));
}
