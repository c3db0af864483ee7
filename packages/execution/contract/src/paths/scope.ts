// What a declared scope may grant. A glob names files that nobody has looked at yet, so it grants nothing but what it is expanded to;
// the reference cut it to its directory and granted that (F-03).

import { flavourOf, hasDots, normalPath } from "./normal-path.ts";

/** `exact`: this one path. `subtree`: everything below `root`, and it. `pattern`: only what the executor finds below `root` that matches. */
export type Scope =
  | { readonly kind: "exact" | "subtree" | "pattern"; readonly root: string }
  | { readonly kind: "refused"; readonly why: string };

/** Normal forms are POSIX. Refused: a path that is not absolute, has `.` or `..` or NUL, is of Windows, or the whole root as a subtree. */
export function scopeOf(path: string): Scope {
  if (path.includes("\0")) return { kind: "refused", why: "it holds NUL" };
  if (hasDots(path)) return { kind: "refused", why: "it has a `.` or `..` segment" };
  if (flavourOf(path) === "windows") return { kind: "refused", why: "it is a Windows path" };
  const literal = literalPrefix(path);
  if (literal === "") return { kind: "refused", why: "it has no literal prefix" };
  const form = normalPath(literal);
  if (form.kind === "not_absolute") return { kind: "refused", why: "it is not absolute" };
  return { kind: kindOf(path, literal), root: form.normal };
}

function kindOf(path: string, literal: string): "exact" | "subtree" | "pattern" {
  if (path === literal) return "exact";
  return /^\/+\*\*$/.test(path.slice(literal.length)) ? "subtree" : "pattern";
}

/**
 * The part before the first of `*`, `?`, `[`, cut back to its last separator, without it; the path itself when it has none of them.
 * `{`, `}` and `!` are ordinary characters.
 */
export function literalPrefix(path: string): string {
  const at = path.search(/[*?[]/);
  if (at < 0) return path;
  const end = Math.max(path.lastIndexOf("/", at), path.lastIndexOf("\\", at));
  return end < 0 ? "" : path.slice(0, end);
}
