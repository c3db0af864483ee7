// Names in trees: what CES refuses to read or write, because another reader could take it differently.
import { CesError, printable } from "@ces/kernel";

// HFS+ ignores these in names; NTFS drops trailing dots and spaces and has `git~1` and `::$INDEX_ALLOCATION`.
const IGNORABLE = /[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** True for every spelling of `.git` that some file system takes for it. */
export function isDotGit(name: string): boolean {
  const plain = name.replace(IGNORABLE, "").toLowerCase();
  return /^(\.git|git~1)[. ]*(:.*)?$/.test(plain);
}

/** Throws CesError `GIT_NAME_REFUSED` unless `path` is a plain relative path without control characters or `.git`. */
export function checkTreePath(path: string): string {
  // eslint-disable-next-line no-control-regex
  if (path === "" || path.length > 4096 || /[\u0000-\u001f\u007f\\]/.test(path)) throw refused(path);
  for (const name of path.split("/"))
    if (name === "" || name === "." || name === ".." || isDotGit(name)) throw refused(path);
  return path;
}

function refused(path: string): CesError {
  return new CesError("GIT_NAME_REFUSED", `the tree holds the name \`${printable(path)}\``, {
    remedy: "rename the file and commit, then run the command again",
  });
}
