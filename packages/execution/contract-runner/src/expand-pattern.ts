// A glob in a read scope names files: it is expanded to the regular files that match now, and grants exactly these (F-03).
import { lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { compileGlob, isCesError, type Glob } from "@ces/kernel";

/** `root` is real. The files are paths below it. */
export type Expansion =
  | { readonly kind: "files"; readonly paths: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

const MOST_FILES = 256;
const MOST_VISITED = 50_000;

/** Finds what `pattern` (relative to `root`) matches; links are neither followed nor granted. Never throws. */
export function expandPattern(root: string, pattern: string): Expansion {
  const glob = compile(pattern);
  if (typeof glob === "string") return { kind: "refused", why: glob };
  const found: string[] = [];
  let visited = 0;
  const open = [""];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of list(join(root, folder))) {
      visited += 1;
      if (visited > MOST_VISITED) return { kind: "refused", why: `its folder holds more than ${MOST_VISITED} names` };
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && matches(glob, path)) found.push(path);
    }
    if (found.length > MOST_FILES) return { kind: "refused", why: `it matches more than ${MOST_FILES} files` };
  }
  return { kind: "files", paths: found.toSorted().map((path) => join(root, path)) };
}

// Braces are ordinary characters in a contract.
function compile(pattern: string): Glob | string {
  try {
    return compileGlob(pattern.replace(/[{}]/g, "[$&]"));
  } catch (error) {
    return isCesError(error) ? error.message : "it is no pattern";
  }
}

// A name that no pattern can spell is not matched.
function matches(glob: Glob, path: string): boolean {
  try {
    return glob.test(path);
  } catch {
    return false;
  }
}

function list(folder: string): readonly Dirent[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}
