// What may be bound into a box: only what it says it is. A link is never resolved for the one who committed it (S13).
import { lstatSync } from "node:fs";
import type { Stats } from "node:fs";
import { posix } from "node:path";
import { CesError } from "@ces/kernel";
import type { BoxPlan, DependencyMount, Place } from "./plan.ts";

const REMEDY = "remove the link, or leave the folder out of the dependencies";

/** Every component of an absolute path by lstat: the last one's facts. Throws CesError `BIND_ESCAPES` for a link, `BIND_MISSING`. */
export function realPath(path: string): Stats {
  if (!posix.isAbsolute(path) || posix.normalize(path) !== path) {
    throw new CesError("BIND_ESCAPES", `the bind source \`${path}\` is not a plain absolute path`, { remedy: REMEDY });
  }
  const parts = path.split("/").slice(1);
  let stat = lstatSync("/");
  for (let at = 1; at <= parts.length; at += 1) {
    const component = `/${parts.slice(0, at).join("/")}`;
    const next = lstatSync(component, { throwIfNoEntry: false });
    if (next === undefined) throw new CesError("BIND_MISSING", `the bind source \`${component}\` does not exist`);
    if (next.isSymbolicLink())
      throw new CesError("BIND_ESCAPES", `the bind source \`${component}\` is a link`, { remedy: REMEDY });
    stat = next;
  }
  return stat;
}

/** True if `path` is `folder` or lies in it. Both plain absolute paths. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/**
 * A dependency folder may be bound: a real directory inside the checkout, no link on the way, and nothing that must stay
 * out (HOME, trust domain, project) is it or lies in it. Throws CesError `BIND_ESCAPES` or `BIND_MISSING`.
 */
export function checkDependency(mount: DependencyMount, keepOut: readonly string[]): void {
  const stat = realPath(mount.source);
  const refuse = (why: string): never => {
    throw new CesError("BIND_ESCAPES", `the dependency folder \`${mount.source}\` ${why}`, { remedy: REMEDY });
  };
  if (!stat.isDirectory()) refuse("is not a directory");
  if (mount.source === mount.checkout || !isWithin(mount.source, mount.checkout)) refuse("is not inside the checkout");
  for (const kept of [...keepOut, mount.checkout]) if (isWithin(kept, mount.source)) refuse(`holds \`${kept}\``);
}

/** Paths relative to the tree are plain and stay in it. Throws CesError `PLAN_PATH_INVALID`. */
export function checkRelative(path: string): void {
  const plain =
    path === "" ||
    (!posix.isAbsolute(path) &&
      posix.normalize(path) === path &&
      path !== "." &&
      !path.endsWith("/") &&
      path.split("/")[0] !== "..");
  if (!plain || path.includes("\0"))
    throw new CesError("PLAN_PATH_INVALID", `\`${path}\` is not a plain path below the tree`);
}

/** Paths inside the box are plain, absolute and not the root. Throws CesError `PLAN_PATH_INVALID`. */
export function checkInside(path: string): void {
  const plain = posix.isAbsolute(path) && posix.normalize(path) === path && path !== "/" && !path.endsWith("/");
  if (!plain || path.includes("\0"))
    throw new CesError("PLAN_PATH_INVALID", `\`${path}\` is not a plain path inside the box`);
}

/** Everything a plan binds is what it claims to be. Throws CesError as above, or `PLAN_TEXT_INVALID` for a NUL in a text. */
export function checkPlan(plan: BoxPlan): void {
  for (const text of [...plan.command, plan.cwd, ...Object.keys(plan.env), ...Object.values(plan.env)]) {
    if (text.includes("\0")) throw new CesError("PLAN_TEXT_INVALID", "a command, folder or variable holds a nul byte");
  }
  const shown = [...plan.tools, ...plan.gates];
  for (const inside of [...shown.map((m) => m.inside), ...plan.masks.map((m) => m.inside), ...Object.keys(plan.files)])
    checkInside(inside);
  for (const mount of shown) realPath(mount.source);
  for (const place of plan.places ?? []) checkPlace(place);
  for (const [, path] of plan.toolLinks ?? []) checkInside(path);
  for (const file of plan.sealed ?? []) checkInside(file.inside);
  for (const mount of plan.tools) checkTool(mount.source, plan.keepOut);
  realPath(plan.lock);
  if (plan.bridge !== undefined) for (const file of [plan.bridge.node, plan.bridge.script]) realPath(file);
  if (plan.home.kind === "dir") realPath(plan.home.path);
  if (plan.tree !== undefined) checkTree(plan.tree, plan.keepOut);
}

function checkPlace(place: Place): void {
  checkInside(place.inside);
  const stat = realPath(place.source);
  const fits = place.kind === "dir" ? stat.isDirectory() : !stat.isDirectory();
  if (!fits)
    throw new CesError("BIND_ESCAPES", `\`${place.source}\` is no ${place.kind === "dir" ? "folder" : "file"}`);
}

// SECURITY: a program in `~/.local/bin` is no reason to show `~/.local`, where the keys are.
function checkTool(source: string, keepOut: readonly string[]): void {
  const kept = keepOut.find((path) => isWithin(path, source));
  if (kept === undefined) return;
  throw new CesError("BIND_ESCAPES", `the tool folder \`${source}\` holds \`${kept}\``, {
    remedy: "install the program in a folder of its own",
  });
}

function checkTree(tree: NonNullable<BoxPlan["tree"]>, keepOut: readonly string[]): void {
  realPath(tree.source);
  if (tree.git !== undefined) realPath(tree.git);
  for (const path of [
    ...tree.writable.map((w) => w.path),
    ...tree.protect,
    ...tree.dependencies.map((d) => d.at),
    ...tree.scratch.map((s) => s.path),
  ])
    checkRelative(path);
  for (const mount of tree.dependencies) checkDependency(mount, keepOut);
}
