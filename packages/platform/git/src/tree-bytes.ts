// Flat lists of files to nested tree objects: own writer, so that no index and no process is needed.
import { CesError } from "@ces/kernel";
import type { TreeFile } from "@ces/ports";
import { checkTreePath } from "./tree-names.ts";

/** A folder under construction: names to files or folders. */
type Folder = Map<string, TreeFile | Folder>;

/** Writes the object of one tree, returns its name. */
export type WriteTreeBytes = (bytes: Buffer) => Promise<string>;

/**
 * Builds the trees of `files` from the leaves up; returns the root's name. Order does not matter.
 * Throws CesError `GIT_TREE_CONFLICT` for a path twice or below a file, `GIT_NAME_REFUSED` for a bad path.
 */
export async function buildTrees(files: readonly TreeFile[], write: WriteTreeBytes): Promise<string> {
  const root: Folder = new Map();
  for (const file of files) insert(root, file);
  return writeFolder(root, write);
}

function insert(root: Folder, file: TreeFile): void {
  const names = checkTreePath(file.path).split("/");
  const last = names.pop() ?? "";
  let folder = root;
  for (const name of names) {
    const next = folder.get(name) ?? new Map();
    if (!(next instanceof Map)) throw conflict(file.path);
    folder.set(name, next);
    folder = next;
  }
  if (folder.has(last)) throw conflict(file.path);
  folder.set(last, file);
}

async function writeFolder(folder: Folder, write: WriteTreeBytes): Promise<string> {
  const entries: { readonly key: Buffer; readonly bytes: Buffer }[] = [];
  for (const [name, item] of folder) {
    const isFolder = item instanceof Map;
    const oid = isFolder ? await writeFolder(item, write) : item.oid;
    const mode = isFolder ? "40000" : item.mode;
    // Git sorts a folder as if its name ended in a slash.
    const key = Buffer.from(isFolder ? `${name}/` : name);
    entries.push({ key, bytes: Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]) });
  }
  entries.sort((a, b) => Buffer.compare(a.key, b.key));
  return write(Buffer.concat(entries.map((entry) => entry.bytes)));
}

function conflict(path: string): CesError {
  return new CesError("GIT_TREE_CONFLICT", `\`${path}\` is in the tree twice, or stands below a file`);
}
