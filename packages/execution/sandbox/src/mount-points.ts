// bwrap needs a place to mount on. Where tree or HOME lack one, the host makes an empty one, and takes it away afterwards.
// SECURITY: both may hold what an agent left (attacker-controlled): no component may be a link, or the mount would land elsewhere.
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  unlinkSync,
} from "node:fs";
import { CesError } from "@ces/kernel";
import { INSIDE } from "./plan.ts";
import type { BoxPlan, TreePlan } from "./plan.ts";

/** A place that was made, to be taken away again if it is still empty. */
export type MadePlace = { readonly kind: "dir" | "file"; readonly path: string };

type Wanted = {
  readonly base: string;
  readonly path: string;
  readonly kind: "dir" | "file";
  readonly missing: "make" | "keep" | "refuse" | "skip";
};

/**
 * Makes every mount point of the plan that is missing below the host's tree and HOME; returns what was made, parents first
 * (writable folders stay and are not listed). Throws CesError `MOUNT_POINT_LINK`, `MOUNT_POINT_KIND`, `WRITABLE_MISSING`.
 */
export function makeMountPoints(plan: BoxPlan): readonly MadePlace[] {
  const made: MadePlace[] = [];
  for (const want of wanted(plan)) makeOne(want, plan, made);
  return made;
}

/** Removes made places that are still empty, children first; whatever was put into one stays and is found by the freeze. */
export function removeMountPoints(made: readonly MadePlace[]): void {
  for (const place of made.toReversed()) {
    try {
      if (place.kind === "dir") rmdirSync(place.path);
      else if (lstatSync(place.path).size === 0) unlinkSync(place.path);
    } catch {
      // Not empty, or gone with its folder.
    }
  }
}

/**
 * The protected paths a mount can hold: those in a writable place that exist and are no link. What lies elsewhere is read-only
 * with the tree; a missing path or a link in a writable place (which can be replaced) is left to the merge.
 */
export function bindableProtected(tree: TreePlan): readonly string[] {
  return protectedInWritable(tree).filter(
    (path) => walk({ base: tree.source, path, kind: "file", missing: "skip" }, () => false) === "there",
  );
}

/** The protected paths in a writable place. */
export function protectedInWritable(tree: TreePlan): readonly string[] {
  return tree.protect.filter((path) =>
    tree.writable.some((w) => w.path === "" || path === w.path || path.startsWith(`${w.path}/`)),
  );
}

function wanted(plan: BoxPlan): readonly Wanted[] {
  const { tree } = plan;
  const home = plan.home.kind === "dir" ? plan.home.path : undefined;
  const all: Wanted[] = [];
  const add = (inside: string, kind: Wanted["kind"]): void => {
    const below = (root: string): string | undefined =>
      inside.startsWith(`${root}/`) ? inside.slice(root.length + 1) : undefined;
    const [inTree, inHome] = [below(INSIDE.workspace), below(INSIDE.home)];
    if (inTree !== undefined && tree !== undefined)
      all.push({ base: tree.source, path: inTree, kind, missing: "make" });
    if (inHome !== undefined && home !== undefined) all.push({ base: home, path: inHome, kind, missing: "make" });
  };
  for (const w of tree?.writable ?? [])
    if (tree !== undefined && w.path !== "")
      all.push({ base: tree.source, path: w.path, kind: w.kind, missing: w.kind === "dir" ? "keep" : "refuse" });
  if (tree?.git !== undefined) add(`${INSIDE.workspace}/.git`, "dir");
  for (const path of [...(tree?.dependencies ?? []).map((d) => d.at), ...(tree?.scratch ?? []).map((s) => s.path)])
    add(`${INSIDE.workspace}/${path}`, "dir");
  for (const mask of plan.masks) add(mask.inside, mask.kind);
  for (const inside of Object.keys(plan.files)) add(inside, "file");
  return all;
}

function makeOne(want: Wanted, plan: BoxPlan, made: MadePlace[]): void {
  walk(want, (path, kind) => {
    if (want.missing === "refuse") {
      throw new CesError("WRITABLE_MISSING", `the writable file \`${want.path}\` does not exist`, {
        remedy: "name its folder, or create the file first",
      });
    }
    if (kind === "dir") mkdirSync(path);
    else
      closeSync(
        openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o644),
      );
    chmodSync(path, kind === "dir" ? 0o755 : 0o644);
    if (process.geteuid?.() === 0) chownSync(path, plan.user.uid, plan.user.gid);
    if (want.missing === "make") made.push({ kind, path });
    return true;
  });
}

// Visits each component below the base; `make` is asked for missing ones and says whether to go on.
function walk(want: Wanted, make: (path: string, kind: "dir" | "file") => boolean): "there" | "missing" {
  const parts = want.path.split("/");
  for (let at = 1; at <= parts.length; at += 1) {
    const path = `${want.base}/${parts.slice(0, at).join("/")}`;
    const kind = at < parts.length ? "dir" : want.kind;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      if (!make(path, kind)) return "missing";
    } else if (stat.isSymbolicLink()) {
      if (want.missing === "skip") return "missing";
      throw new CesError("MOUNT_POINT_LINK", `\`${want.path}\` leads through a link`, {
        remedy: `replace the link \`${parts.slice(0, at).join("/")}\` by a real file or folder`,
      });
    } else if (want.missing !== "skip" && stat.isDirectory() !== (kind === "dir")) {
      throw new CesError(
        "MOUNT_POINT_KIND",
        `\`${parts.slice(0, at).join("/")}\` is not a ${kind === "dir" ? "folder" : "file"}`,
      );
    } else if (kind === "file" && want.missing === "refuse" && stat.nlink !== 1) {
      throw new CesError("MOUNT_POINT_KIND", `\`${want.path}\` has more than one name`);
    }
  }
  return "there";
}
