// A folder above a read-only place but below a writable one can be renamed away, and a forged copy put in its stead.
// A folder that is a mount cannot be renamed (EBUSY): every such folder is mounted onto itself.
import { posix } from "node:path";
import { INSIDE } from "./plan.ts";
import type { BoxPlan, HomePlan } from "./plan.ts";

/** A folder to mount onto itself: from the host, or as memory (then `bytes` is its size) where HOME is memory. */
export type Pin = { readonly inside: string; readonly source: string | undefined; readonly bytes: number };

type Root = { readonly inside: string; readonly source: string | undefined; readonly bytes: number };

/** The pins of a plan, parents first. */
export function pinnedFolders(plan: BoxPlan): readonly Pin[] {
  const roots = writableRoots(plan);
  const pins = new Map<string, Pin>();
  for (const cover of covers(plan)) {
    const root = roots.find((r) => cover.startsWith(`${r.inside}/`));
    if (root === undefined) continue;
    for (let at = posix.dirname(cover); at.length > root.inside.length; at = posix.dirname(at)) {
      const source = root.source === undefined ? undefined : root.source + at.slice(root.inside.length);
      pins.set(at, { inside: at, source, bytes: root.bytes });
    }
  }
  for (const root of roots) pins.delete(root.inside);
  return [...pins.values()].toSorted((a, b) => (a.inside < b.inside ? -1 : 1));
}

/** Places inside that are read-only or memory on top of something writable. */
export function covers(plan: BoxPlan): readonly string[] {
  const inTree = (path: string): string => `${INSIDE.workspace}/${path}`;
  return [
    ...plan.masks.map((mask) => mask.inside),
    ...Object.keys(plan.files),
    ...(plan.tree?.protect ?? []).map(inTree),
    ...(plan.tree?.dependencies ?? []).map((d) => inTree(d.at)),
    ...(plan.tree?.scratch ?? []).map((s) => inTree(s.path)),
    ...(plan.tree?.git === undefined ? [] : [inTree(".git")]),
  ];
}

function writableRoots(plan: BoxPlan): readonly Root[] {
  const home = homeRoot(plan.home);
  const { tree } = plan;
  if (tree === undefined) return home;
  const places = tree.writable
    .filter((w) => w.kind === "dir")
    .map((w) => w.path)
    .toSorted();
  return [
    ...home,
    ...places.map((path) =>
      path === ""
        ? { inside: INSIDE.workspace, source: tree.source, bytes: 0 }
        : { inside: `${INSIDE.workspace}/${path}`, source: `${tree.source}/${path}`, bytes: 0 },
    ),
  ];
}

function homeRoot(home: HomePlan): readonly Root[] {
  if (home.kind === "none") return [];
  if (home.kind === "dir") return [{ inside: INSIDE.home, source: home.path, bytes: 0 }];
  return [{ inside: INSIDE.home, source: undefined, bytes: home.bytes }];
}
