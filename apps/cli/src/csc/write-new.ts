// A file that was not there before.
import { closeSync, openSync, writeFileSync } from "node:fs";
import { CesError } from "@ces/kernel";

/** Writes `text` to a new file. Throws CesError `CSC_FILE_EXISTS` when something is there, `CSC_FILE` when it cannot be written. */
export function writeNew(path: string, text: string): void {
  let fd: number | undefined;
  try {
    fd = openSync(path, "wx", 0o644);
    writeFileSync(fd, text);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new CesError("CSC_FILE_EXISTS", `\`${path}\` is there already`, {
        remedy: "name another file with --out",
        cause: error,
      });
    }
    throw new CesError("CSC_FILE", `\`${path}\` cannot be written`, {
      remedy: "name a file in a folder that is there",
      cause: error,
    });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
