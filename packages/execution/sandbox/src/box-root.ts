// The private host folder of one run: generated files, the lock, empty masks. Its parents hold no link and nobody else can write them.
import { chmodSync, chownSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CesError } from "@ces/kernel";
import { boxFiles } from "./box-files.ts";
import type { BoxUser } from "./box-user.ts";
import type { BoxPlan } from "./plan.ts";

/** Where root keeps boxes: a box runs as an unprivileged user and must reach its own folder (S02). */
export const ROOT_BOX_BASE = "/var/lib/ces/boxes";

const FOLDERS = [
  ["files", 0o755],
  ["mounts", 0o755],
  ["gate", 0o755],
  ["home", 0o700],
  ["empty", 0o555],
] as const;

/**
 * A prepared folder: `path` 0700 and owned by the box user; inside it `home` (his), `gate` (ours, for sockets, which must be
 * made 0666 when we are root: nobody else gets past `path`), and `lock`, an empty file.
 */
export type BoxRoot = { readonly path: string; readonly home: string; readonly gate: string; readonly lock: string };

/**
 * Makes `<base>/<run>` for one run. `base` is made too: 0700, or 0711 for root. Throws CesError `BOX_ROOT_UNSAFE` for a link,
 * a foreign owner or a folder others can write on the way, `BOX_ROOT_EXISTS`, `BOX_RUN_INVALID`.
 */
export function prepareBoxRoot(base: string, run: string, user: BoxUser): BoxRoot {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(run))
    throw new CesError("BOX_RUN_INVALID", `\`${run}\` is not a run id`);
  const root = process.geteuid?.() === 0;
  makeParents(base, root ? 0o711 : 0o700);
  checkParents(base, root);
  const path = join(base, run);
  makeNew(path);
  for (const [name, mode] of FOLDERS) makeWith(mode, join(path, name), (at) => mkdirSync(at));
  for (const name of ["lock", "empty-file"])
    makeWith(0o644, join(path, name), (at) => writeFileSync(at, "", { flag: "wx" }));
  if (root) for (const owned of [join(path, "home"), path]) chownSync(owned, user.uid, user.gid);
  return { path, home: join(path, "home"), gate: join(path, "gate"), lock: join(path, "lock") };
}

/** Writes the generated files of a plan below its root. */
export function writeBoxFiles(plan: BoxPlan): void {
  for (const file of boxFiles(plan))
    makeWith(0o444, file.source, (at) => writeFileSync(at, file.content, { flag: "wx" }));
}

// The umask of whoever started ces must not decide whether the box user can read its own files.
function makeWith(mode: number, path: string, make: (path: string) => void): void {
  make(path);
  chmodSync(path, mode);
}

function makeParents(base: string, mode: number): void {
  if (lstatSync(base, { throwIfNoEntry: false }) !== undefined) return;
  if (dirname(base) !== base) makeParents(dirname(base), mode);
  mkdirSync(base, { mode });
  chmodSync(base, mode);
}

// SECURITY: whoever can write a parent can swap the box for a link to somewhere else. A sticky folder like /tmp is safe for our own entry.
function checkParents(base: string, root: boolean): void {
  const me = process.geteuid?.();
  for (let at = base; ; at = dirname(at)) {
    const stat = lstatSync(at);
    const ours = stat.uid === 0 || stat.uid === me;
    const closed = (stat.mode & 0o022) === 0 || ((stat.mode & 0o1000) !== 0 && at !== base);
    if (!stat.isDirectory() || !ours || !closed) unsafe(at, "is a link, not ours, or others can write it");
    if (root && (stat.mode & 0o001) === 0) unsafe(at, "cannot be entered by the box user");
    if (at === "/") return;
  }
}

function makeNew(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new CesError("BOX_ROOT_EXISTS", `\`${path}\` exists already`);
  mkdirSync(path, { mode: 0o700 });
}

function unsafe(path: string, why: string): never {
  throw new CesError("BOX_ROOT_UNSAFE", `\`${path}\` ${why}`, {
    remedy: "choose a state folder that only you can write",
  });
}
