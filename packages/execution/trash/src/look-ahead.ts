// What stands at a path, now or after the steps that come first in a plan: an item whose folder is itself in the trash is looked
// for inside of what will be put back. SECURITY: S26 — no component of a recorded path may have become a link.
import { closeSync, fstatSync, type BigIntStats } from "node:fs";
import { componentsOf, HERE, isWithin, nameOf, parentOf, relativeTo, ROOT, type ByteText } from "./byte-text.ts";
import { codeOf, holdAt, openAbsolute, passFolderAt, statAt, type At } from "./open-below.ts";

/** `at`: something stands there. `free`: nothing does. `lost`: the way is a link or no folder. `dev`: of the folder it is in. */
export type Look =
  | { readonly kind: "at"; readonly at: At; readonly facts: BigIntStats; readonly dev: bigint }
  | { readonly kind: "free"; readonly dev: bigint }
  | { readonly kind: "lost" };

/** Looks at paths. */
export type Lookout = {
  readonly at: (path: ByteText) => Look;
  /** From now on `path` counts as what lies at `from` in the trash, on the device it will be put on. */
  readonly willStand: (path: ByteText, from: At, dev: bigint) => void;
  readonly close: () => void;
};

type Parent =
  | { readonly kind: "folder"; readonly fd: number; readonly dev: bigint }
  | { readonly kind: "missing"; readonly dev: bigint }
  | { readonly kind: "lost" };
type Planned = { readonly fd: number; readonly dev: bigint };

/** Folders held open at once. */
const MOST_HELD = 256;

/** Opens a lookout; `close` it. */
export function openLookout(): Lookout {
  const parents = new Map<ByteText, Parent>();
  const planned = new Map<ByteText, Planned>();
  const forget = (): void => {
    for (const parent of parents.values()) if (parent.kind === "folder") closeSync(parent.fd);
    parents.clear();
  };
  const parentAt = (path: ByteText): Parent => {
    const known = parents.get(path);
    if (known) return known;
    if (parents.size >= MOST_HELD) forget();
    const found = findParent(path, planned);
    parents.set(path, found);
    return found;
  };
  return {
    at: (path) => {
      const parent = parentAt(parentOf(path));
      if (parent.kind === "lost") return parent;
      if (parent.kind === "missing") return { kind: "free", dev: parent.dev };
      const at = { folder: parent.fd, name: nameOf(path) };
      const facts = statAt(at);
      return facts === undefined ? { kind: "free", dev: parent.dev } : { kind: "at", at, facts, dev: parent.dev };
    },
    willStand: (path, from, dev) => {
      planned.set(path, { fd: holdAt(from), dev });
      // What was looked at below it is another folder now.
      for (const [known, parent] of parents) {
        if (!isWithin(known, path)) continue;
        if (parent.kind === "folder") closeSync(parent.fd);
        parents.delete(known);
      }
    },
    close: () => {
      forget();
      for (const { fd } of planned.values()) closeSync(fd);
    },
  };
}

function findParent(path: ByteText, planned: ReadonlyMap<ByteText, Planned>): Parent {
  for (let at = path; planned.size > 0 && at !== "/"; at = parentOf(at)) {
    const inside = planned.get(at);
    if (inside) return descend(inside.fd, path === at ? [] : componentsOf(relativeTo(path, at)), inside.dev);
  }
  const root = openAbsolute(ROOT);
  try {
    return descend(root, componentsOf(path), undefined);
  } finally {
    closeSync(root);
  }
}

// `dev`: what to say instead of the device in the trash.
function descend(start: number, names: readonly ByteText[], dev: bigint | undefined): Parent {
  const device = (fd: number): bigint => dev ?? fstatSync(fd, { bigint: true }).dev;
  let at: number;
  try {
    at = passFolderAt({ folder: start, name: HERE });
  } catch {
    return { kind: "lost" };
  }
  for (const name of names) {
    try {
      const next = passFolderAt({ folder: at, name });
      closeSync(at);
      at = next;
    } catch (error) {
      const here = device(at);
      closeSync(at);
      return codeOf(error) === "ENOENT" ? { kind: "missing", dev: here } : { kind: "lost" };
    }
  }
  return { kind: "folder", fd: at, dev: device(at) };
}
