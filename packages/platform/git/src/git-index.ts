// The index of one checkout, by plumbing only: entries are read and set, files are never looked at.
import { CesError, utf8Decode } from "@ces/kernel";
import type { IndexChange, IndexEntry } from "@ces/ports";
import { git, type GitProcess } from "./git-process.ts";
import { checkTreePath } from "./tree-names.ts";

/** Every entry, unmerged stages included. Names that are not UTF-8 are kept out: no plan of CES can touch them. */
export async function readIndex(process: GitProcess): Promise<readonly IndexEntry[]> {
  const rows = (await git(process, ["ls-files", "--stage", "-z"])).toString("latin1").split("\0");
  return rows.flatMap((row) => {
    const match = /^(\d{6}) ([0-9a-f]{40,64}) ([0-3])\t(.*)$/s.exec(row);
    const path = match === null ? undefined : utf8Decode(Buffer.from(match[4] ?? "", "latin1"));
    if (match === null || path === undefined) return [];
    return [{ path, mode: match[1] ?? "", oid: match[2] ?? "", stage: Number(match[3]) }];
  });
}

/** Sets and removes entries, in one write of the index. Throws CesError `GIT_INDEX_LOCKED`. */
export async function writeIndex(process: GitProcess, changes: readonly IndexChange[], zeroOid: string): Promise<void> {
  if (changes.length === 0) return;
  // Removals first, so that a file can take a folder's place.
  const ordered = [
    ...changes.filter((change) => change.oid === null),
    ...changes.filter((change) => change.oid !== null),
  ];
  const rows = ordered.map(
    ({ path, mode, oid }) => `${oid === null ? "0" : mode} ${oid ?? zeroOid}\t${checkTreePath(path)}\0`,
  );
  try {
    await git(process, ["update-index", "-z", "--add", "--remove", "--replace", "--index-info"], {
      stdin: rows.join(""),
    });
  } catch (cause) {
    throw new CesError("GIT_INDEX_LOCKED", "the checkout's index could not be written", {
      remedy: "let the other git process finish (or remove its stale `index.lock`), then `ces continue`",
      cause,
    });
  }
}
