// Writes a tree to an empty folder from raw blobs, never by checkout: bytes on disk = bytes of the blob, whatever
// `.gitattributes` say (S11).
import {
  chownSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CesError, utf8Decode } from "@ces/kernel";
import type { Git, TreeFile } from "@ces/ports";
import type { Reason } from "@ces/records";
import { escapingLinks, nestedRepositories } from "./inspect-tree.ts";

/** Who the files belong to; used when CES runs as root. */
export type Owner = { readonly uid: number; readonly gid: number };

/** A tree and the folder to write: absolute, absent or empty, under a parent that only CES can enter. */
export type Materialize = { readonly git: Git; readonly tree: string; readonly into: string; readonly owner?: Owner };

/** What was written. */
export type Materialized = { readonly files: number; readonly bytes: number };

const BATCH = 200;

/**
 * Regular files 0644 or 0755, folders 0755, relative links that stay inside.
 * Throws CesError `NESTED_REPOSITORY`, `LINK_ESCAPES`, `WORKSPACE_NOT_EMPTY`; nothing is written then.
 */
export async function materialize({ git, tree, into, owner }: Materialize): Promise<Materialized> {
  const files = await git.treeFiles(tree);
  await refuseEscapes(git, files);
  makeRoot(into, owner);
  for (const folder of foldersOf(files)) makeFolder(join(into, folder), owner);
  let bytes = 0;
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const blobs = await git.blobs(batch.map((file) => file.oid));
    batch.forEach((file, i) => {
      const content = blobs[i] ?? new Uint8Array();
      bytes += content.length;
      writeEntry(into, file, content, owner);
    });
  }
  return { files: files.length, bytes };
}

/** The links of a tree, path to target; a target that is not UTF-8 counts as empty, which no check lets pass. */
export async function treeLinks(git: Git, files: readonly TreeFile[]): Promise<ReadonlyMap<string, string>> {
  const links = files.filter((file) => file.mode === "120000");
  const targets = await git.blobs(links.map((file) => file.oid));
  return new Map(links.map((file, i) => [file.path, utf8Decode(targets[i] ?? new Uint8Array()) ?? ""]));
}

async function refuseEscapes(git: Git, files: readonly TreeFile[]): Promise<void> {
  const [reason] = [...nestedRepositories(files), ...escapingLinks(await treeLinks(git, files))];
  if (reason !== undefined) throw refusal(reason);
}

function refusal({ code, text }: Reason): CesError {
  return new CesError(code, text, { remedy: "take it out of the base commit; CES does not run beside it" });
}

function makeRoot(into: string, owner: Owner | undefined): void {
  mkdirSync(into, { recursive: true, mode: 0o755 });
  if (!lstatSync(into).isDirectory() || readdirSync(into).length > 0)
    throw new CesError("WORKSPACE_NOT_EMPTY", `\`${into}\` is not an empty folder`, { remedy: "`ces continue`" });
  if (owner !== undefined && process.geteuid?.() === 0) chownSync(into, owner.uid, owner.gid);
}

// Parents come before children: a prefix sorts before what it starts.
function foldersOf(files: readonly TreeFile[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) for (let dir = dirname(file.path); dir !== "."; dir = dirname(dir)) folders.add(dir);
  return [...folders].sort();
}

function makeFolder(path: string, owner: Owner | undefined): void {
  mkdirSync(path, { mode: 0o755 });
  if (owner !== undefined && process.geteuid?.() === 0) chownSync(path, owner.uid, owner.gid);
}

function writeEntry(into: string, file: TreeFile, content: Uint8Array, owner: Owner | undefined): void {
  const path = join(into, file.path);
  if (file.mode === "120000") {
    symlinkSync(Buffer.from(content), path);
    if (owner !== undefined && process.geteuid?.() === 0) lchownSync(path, owner.uid, owner.gid);
    return;
  }
  const mode = file.mode === "100755" ? 0o755 : 0o644;
  const fd = openSync(path, "wx", mode);
  try {
    for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
    // The umask of whoever starts CES decides nothing here.
    if ((fstatSync(fd).mode & 0o777) !== mode) fchmodSync(fd, mode);
    if (owner !== undefined && process.geteuid?.() === 0) fchownSync(fd, owner.uid, owner.gid);
  } finally {
    closeSync(fd);
  }
}
