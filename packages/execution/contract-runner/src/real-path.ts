// What a path text leads to right now: every existing component resolved. Paths come from contracts (attacker-controlled), and what
// stands on the disk may have been put there by an earlier command.
import { readlinkSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

/** `missing`: nothing stands there; `path` is the real folder that does exist, and the rest. A link to nothing is where it leads. */
export type RealPath =
  | { readonly kind: "there"; readonly path: string; readonly stat: BigIntStats }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreachable"; readonly why: string };

/** The kernel follows as many links in one path. */
const MOST_LINKS = 40;

/** Resolves an absolute path. Never throws. */
export function realPathOf(path: string, links = MOST_LINKS): RealPath {
  try {
    const real = realpathSync.native(path);
    return { kind: "there", path: real, stat: statSync(real, { bigint: true }) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "failed";
    if (code !== "ENOENT" || path === "/") return { kind: "unreachable", why: code };
  }
  const above = realPathOf(dirname(path), links);
  if (above.kind === "unreachable") return above;
  const there = join(above.path, basename(path));
  const target = above.kind === "there" ? linkTarget(there) : undefined;
  if (target === undefined) return { kind: "missing", path: there };
  if (links === 0) return { kind: "unreachable", why: "ELOOP" };
  // Not `resolve`: a `..` behind another link is the kernel's to follow.
  return realPathOf(isAbsolute(target) ? target : `${above.path}/${target}`, links - 1);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** True when `path` is `folder` or lies below it. Both absolute and without `.` or `..`. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** True when a real path is one of the real folders or lies below one. */
export function isBelowAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isBelow(path, folder));
}
