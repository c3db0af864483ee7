// Writes reports into the project. SECURITY: S06 — the folder lies where a repository or an agent may have put links; no
// component is followed as a link, and a file appears whole under its name or not at all.
import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { CesError } from "@ces/kernel";

/** Writes `files` (name → text) below `folder`, which lies in `root`; made if missing. Returns the paths. Throws EXPORT_UNSAFE. */
export function writeExports(root: string, folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  makeFolder(root, folder);
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    const temporary = join(folder, `.${name}.${process.pid}.tmp`);
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { flag: "wx", mode: 0o644 });
    renameSync(temporary, path);
    return path;
  });
}

function makeFolder(root: string, folder: string): void {
  const way = relative(root, folder)
    .split(sep)
    .filter((part) => part !== "");
  if (way.includes("..")) {
    mkdirSync(folder, { recursive: true });
    return;
  }
  let at = root;
  for (const part of way) {
    at = join(at, part);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found && !found.isDirectory())
      throw new CesError("EXPORT_UNSAFE", `\`${at}\` is not a folder`, {
        remedy: "remove it, or name another folder with --output-dir",
      });
    if (!found) mkdirSync(at);
  }
}
