// Reads every file below a tree from `ls-tree -r -z`; names that two readers could take differently are refused.
import { CesError, utf8Decode } from "@ces/kernel";
import type { GitFileMode, TreeFile } from "@ces/ports";
import { checkTreePath } from "./tree-names.ts";

const MODES: ReadonlyMap<string, GitFileMode> = new Map([
  ["100644", "100644"],
  // Old tools wrote group-writable files; git itself reads them as 100644.
  ["100664", "100644"],
  ["100755", "100755"],
  ["120000", "120000"],
  ["160000", "160000"],
]);

/** Parses NUL-separated `mode type oid\tpath` rows. Throws CesError `GIT_NAME_REFUSED`, `GIT_TREE_INVALID`. */
export function parseTreeList(answer: Buffer): readonly TreeFile[] {
  const files: TreeFile[] = [];
  let last: Buffer | undefined;
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0, at);
    const tab = answer.indexOf(0x09, at);
    const name = answer.subarray(tab + 1, end);
    // INVARIANT: strictly ascending, hence no path twice; a hand-made tree may say one thing to us and another to git.
    if (last !== undefined && Buffer.compare(last, name) >= 0) throw invalid("its entries are out of order");
    files.push(treeFile(answer.subarray(at, tab).toString("latin1"), name));
    last = name;
    at = end + 1;
  }
  return files;
}

function treeFile(facts: string, name: Buffer): TreeFile {
  const [mode, , oid] = facts.split(" ");
  const known = MODES.get(mode ?? "");
  if (known === undefined || oid === undefined) throw invalid(`it has an entry of mode \`${mode ?? ""}\``);
  const path = utf8Decode(name);
  if (path === undefined)
    throw new CesError(
      "GIT_NAME_REFUSED",
      `the tree holds the name \`${name.toString("latin1")}\`, which is not UTF-8`,
    );
  return { path: checkTreePath(path), mode: known, oid };
}

function invalid(why: string): CesError {
  return new CesError("GIT_TREE_INVALID", `the tree is not usable: ${why}`, { remedy: "run `git fsck`" });
}
