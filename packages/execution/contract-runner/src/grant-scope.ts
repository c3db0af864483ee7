// From a declared scope to what may be bound: resolved now, within the policy's prefixes after every link, named by inode so that
// the box can be compared with it before anything in it runs (F-02, F-03).
import { scopeOf } from "@ces/contract";
import { lstatSync } from "node:fs";
import { expandPattern } from "./expand-pattern.ts";
import { isBelowAny, realPathOf } from "./real-path.ts";

/** One file or folder that a command may see. `inside` is the declared path, `source` the real one it leads to. */
export type Grant = {
  readonly inside: string;
  readonly source: string;
  readonly kind: "dir" | "file";
  readonly access: "read" | "write";
  readonly dev: bigint;
  readonly ino: bigint;
};

/** `missing`: inside the prefixes, but nothing stands there. */
export type ScopeAnswer =
  | { readonly kind: "granted"; readonly grants: readonly Grant[] }
  | { readonly kind: "missing"; readonly inside: string }
  | { readonly kind: "refused"; readonly why: string };

/** What the scope is judged by; the prefixes are real paths (`realPrefixes`). */
export type ScopeGround = { readonly access: "read" | "write"; readonly prefixes: readonly string[] };

/** Judges one declared path. Never throws. */
export function grantScope(declared: string, ground: ScopeGround): ScopeAnswer {
  const scope = scopeOf(declared);
  if (scope.kind === "refused") return refused(declared, scope.why);
  const root = grantPath(declared, scope.root, ground);
  if (scope.kind !== "pattern" || root.kind !== "granted") return root;
  if (ground.access === "write") return refused(declared, "only an exact path or a subtree (`/**`) can be written");
  return grantPattern(declared, scope.root, ground);
}

function grantPath(declared: string, inside: string, ground: ScopeGround): ScopeAnswer {
  const real = realPathOf(inside);
  if (real.kind === "unreachable") return refused(declared, `it cannot be reached (${real.why})`);
  if (!isBelowAny(real.path, ground.prefixes)) return refused(declared, "it leads outside the policy's prefixes");
  if (real.kind === "missing") return { kind: "missing", inside };
  const { stat } = real;
  if (!stat.isDirectory() && !stat.isFile()) return refused(declared, "it is neither a file nor a folder");
  if (ground.access === "write" && stat.isFile() && stat.nlink > 1n)
    return refused(declared, "it has more than one name");
  const { dev, ino } = stat;
  const kind = stat.isDirectory() ? "dir" : "file";
  return { kind: "granted", grants: [{ inside, source: real.path, kind, access: ground.access, dev, ino }] };
}

function grantPattern(declared: string, inside: string, ground: ScopeGround): ScopeAnswer {
  const real = realPathOf(inside);
  if (real.kind !== "there") return { kind: "missing", inside };
  const pattern = declared.replaceAll(/\/+/g, "/").slice(inside === "/" ? 1 : inside.length + 1);
  const found = expandPattern(real.path, pattern);
  if (found.kind === "refused") return refused(declared, found.why);
  const grants = found.paths.flatMap((source): Grant[] => {
    const stat = lstatSync(source, { bigint: true, throwIfNoEntry: false });
    if (stat?.isFile() !== true) return [];
    const name = source.slice(real.path === "/" ? 0 : real.path.length);
    const { dev, ino } = stat;
    return [{ inside: (inside === "/" ? "" : inside) + name, source, kind: "file", access: ground.access, dev, ino }];
  });
  return { kind: "granted", grants };
}

function refused(declared: string, why: string): ScopeAnswer {
  return { kind: "refused", why: `\`${declared}\`: ${why}` };
}
