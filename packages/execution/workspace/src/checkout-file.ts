// One path of the user's checkout, reached component by component without following a link (S15).
import { closeSync, mkdirSync, readdirSync, readlinkSync } from "node:fs";
import { below, openFolder, openFolderBelow, readBelow, statBelow } from "./open-at.ts";
import type { BlobId } from "./blob-id.ts";

/** What stands at a path. `blocked`: a parent is a file or link. `content` names bytes as git does. */
export type CheckoutEntry =
  | { readonly kind: "absent" }
  | { readonly kind: "blocked"; readonly by: string }
  | { readonly kind: "folder" }
  | { readonly kind: "other" }
  | { readonly kind: "content"; readonly oid: string; readonly mode: "100644" | "100755" | "120000" };

/** Use of a parent folder: its descriptor and the last name. */
export type AtParent<T> = (folder: number, name: string) => T;

/** The parent was reached, is missing (`make` false), or a component is no folder. */
export type ParentAnswer<T> =
  | { readonly kind: "at"; readonly value: T }
  | { readonly kind: "absent" }
  | { readonly kind: "blocked"; readonly by: string };

/** Opens the parent of `path` below `root` (absolute) without links, making missing folders when `make`. */
export function atParent<T>(
  root: string,
  path: string,
  options: { readonly make: boolean },
  use: AtParent<T>,
): ParentAnswer<T> {
  const names = path.split("/");
  const last = names.pop() ?? "";
  const open = [openFolder(root)];
  try {
    for (const [depth, name] of names.entries()) {
      const parent = open.at(-1) ?? -1;
      if (options.make && statBelow(parent, name) === undefined) mkdirSync(below(parent, name), { mode: 0o777 });
      const facts = statBelow(parent, name);
      if (facts === undefined) return { kind: "absent" };
      if (!facts.isDirectory()) return { kind: "blocked", by: names.slice(0, depth + 1).join("/") };
      open.push(openFolderBelow(parent, name, facts));
    }
    return { kind: "at", value: use(open.at(-1) ?? -1, last) };
  } finally {
    for (const fd of open) closeSync(fd);
  }
}

/** What stands at `path` below `root`, by content. A file larger than `maxBytes` is `other`: it cannot be the base's. */
export function checkoutEntry(root: string, path: string, blobId: BlobId): CheckoutEntry {
  const answer = atParent(root, path, { make: false }, (folder, name) => entryAt(folder, name, blobId));
  if (answer.kind === "absent") return { kind: "absent" };
  return answer.kind === "blocked" ? answer : answer.value;
}

/** The entry at `name` of an open folder. */
export function entryAt(folder: number, name: string, blobId: BlobId): CheckoutEntry {
  const facts = statBelow(folder, name);
  if (facts === undefined) return { kind: "absent" };
  if (facts.isDirectory()) return { kind: "folder" };
  if (facts.isSymbolicLink())
    return { kind: "content", oid: blobId(readlinkSync(below(folder, name), { encoding: "buffer" })), mode: "120000" };
  if (!facts.isFile() || facts.size > MAX_BYTES) return { kind: "other" };
  const mode = (facts.mode & 0o100n) === 0n ? "100644" : "100755";
  return { kind: "content", oid: blobId(readBelow(folder, name, facts)), mode };
}

/** The names in the parent of `path`; none when it is missing. */
export function siblingNames(root: string, path: string): readonly string[] {
  const answer = atParent(root, path, { make: false }, (folder) =>
    readdirSync(below(folder, "."), { encoding: "utf8" }),
  );
  return answer.kind === "at" ? answer.value : [];
}

const MAX_BYTES = 1024n * 1024n * 1024n;
