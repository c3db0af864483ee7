// What is never moved into the trash, whoever asks: the floor of the delete layer (guard §2.12). Judged on the real path of the
// parent and the last name, so a link on the way changes nothing.
import type { BigIntStats } from "node:fs";
import { byteText, componentsOf, fromLatin1, isWithin, nameOf, parentOf, type ByteText } from "./byte-text.ts";
import type { Mounts } from "./mounts.ts";

/** Real paths that decide. `homes`: the account's own first. `kept`: trash folders and the state of CES. */
export type Guarded = {
  readonly homes: readonly ByteText[];
  readonly workspaces: readonly ByteText[];
  readonly kept: readonly ByteText[];
  readonly mounts: Mounts;
};

/** Who may not be moved, as one clause behind the path; undefined: it may. */
export function refusePlace(path: ByteText, facts: BigIntStats, guarded: Guarded): string | undefined {
  return refuseWhole(path, guarded) ?? refuseKind(path, facts, guarded) ?? refuseSystem(path, guarded);
}

/** Who may not be copied into the trash, as one clause; undefined: it may. */
export function refuseCopy(path: ByteText, facts: BigIntStats, guarded: Guarded): string | undefined {
  if (path === "/") return "is the root of the file system";
  return isKept(path, guarded) ? "is or holds the trash itself or the state of CES" : refuseKind(path, facts, guarded);
}

/** True for a place that CES itself keeps: a trash, its own state, or a folder that holds one. */
export function isKept(path: ByteText, { kept, mounts }: Guarded): boolean {
  if (kept.some((place) => isWithin(path, place) || isWithin(place, path))) return true;
  return TRASH_NAME.test(path) && componentsBelow(path).some((at) => TRASH_NAME.test(at) && atTop(at, mounts));
}

const TRASH_NAME = /\/\.Trash(-\d+)?(\/|$)/;
const SCRATCH = ["/tmp", "/var/tmp", "/dev/shm", "/run/user"].map(byteText);
const SYSTEM = /^\/(bin|boot|dev|etc|lib|lib32|lib64|libx32|libexec|opt|proc|root|run|sbin|sys|usr|var)(\/|$)/;
const TOP_LEVEL = /^\/(home|lost\+found|media|mnt|nix|snap|srv|tmp)$/;

function refuseWhole(path: ByteText, guarded: Guarded): string | undefined {
  if (path === "/") return "is the root of the file system";
  if (TOP_LEVEL.test(path) || (SYSTEM.test(path) && parentOf(path) === "/") || SCRATCH.includes(path))
    return "is a folder of the system";
  if (guarded.homes.some((home) => isWithin(home, path)) || parentOf(path) === "/home") return "is or holds a home";
  if (isKept(path, guarded)) return "is or holds the trash itself or the state of CES";
  const workspace = guarded.workspaces.find((root) => isWithin(root, path));
  return workspace === undefined ? undefined : "is or holds the root of a workspace";
}

function refuseKind(path: ByteText, facts: BigIntStats, { mounts }: Guarded): string | undefined {
  if (facts.isBlockDevice() || facts.isCharacterDevice()) return "is a device";
  const mounted = mounts.touches(path);
  if (mounted === "at") return "is a mount point";
  return mounted === "below" ? "has something mounted inside" : undefined;
}

// A home or workspace counts only as deep as a person could have put it: `HOME=/etc` opens nothing.
function refuseSystem(path: ByteText, { homes, workspaces }: Guarded): string | undefined {
  if (!SYSTEM.test(`${parentOf(path)}/`)) return undefined;
  const [own, ...named] = homes;
  const open = [
    ...SCRATCH,
    ...(own === undefined || (own !== "/root" && isTopLevel(own)) ? [] : [own]),
    ...named.filter((home) => !SYSTEM.test(home) && !isTopLevel(home)),
    ...workspaces.filter((root) => !isTopLevel(root)),
  ];
  return open.some((folder) => isWithin(path, folder)) ? undefined : "lies in a folder of the system";
}

function isTopLevel(path: ByteText): boolean {
  return componentsOf(path).length < 2;
}

function componentsBelow(path: ByteText): readonly ByteText[] {
  const parts = componentsOf(path);
  return parts.map((_, index) => fromLatin1(`/${parts.slice(0, index + 1).join("/")}`));
}

function atTop(path: ByteText, mounts: Mounts): boolean {
  const parent = parentOf(path);
  return nameOf(path).startsWith(".Trash") && mounts.topOf(parent) === parent;
}
