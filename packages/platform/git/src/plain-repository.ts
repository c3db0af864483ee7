// The two facts that every command asks of a repository, read as files where they stand plainly: a process of git costs more
// than all the rest of a short command. Whatever is not plain (packed refs, reftable, links, another format) is git's to say.
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SMALL = 64 * 1024;

/** Where a branch stands that is a loose ref of its own: `commit` is 40 or 64 hex digits. Undefined: ask git. */
export function plainHead(
  gitDir: string,
  commonDir: string,
): { readonly ref: string; readonly commit: string } | undefined {
  const ref = /^ref: (refs\/heads\/[A-Za-z0-9][A-Za-z0-9._/-]*)\n$/.exec(text(join(gitDir, "HEAD")) ?? "")?.[1];
  if (ref === undefined || /\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/.test(ref)) return undefined;
  if (!isPlainPath(commonDir, ref)) return undefined;
  const commit = /^([0-9a-f]{40}|[0-9a-f]{64})\n$/.exec(text(join(commonDir, ref)) ?? "")?.[1];
  return commit === undefined ? undefined : { ref, commit };
}

/** True when the repository is an ordinary one with SHA-1 names. False: ask git. */
export function isPlainSha1(commonDir: string): boolean {
  const config = text(join(commonDir, "config"));
  // Extensions are read from this one file; a name cannot be split or escaped there.
  if (config === undefined || /extensions|objectformat/i.test(config)) return false;
  return (
    ["objects", "refs"].every((name) => isFolder(join(commonDir, name))) && text(join(commonDir, "HEAD")) !== undefined
  );
}

function isPlainPath(base: string, ref: string): boolean {
  const parts = ref.split("/").slice(0, -1);
  return parts.every((_, i) => isFolder(join(base, ...parts.slice(0, i + 1))));
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

// A race with git's own writers is none: refs are replaced by rename.
function text(path: string): string | undefined {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry?.isFile() !== true || entry.size > SMALL) return undefined;
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
