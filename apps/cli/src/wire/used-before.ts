// Whether a project's state was used before, although its database may be gone: a record that somebody removed is no new project (S32).
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";

/** The files of a project's record in its state folder. */
export const recordFiles = (directory: string): { readonly file: string; readonly head_file: string } => ({
  file: join(directory, "state.db"),
  head_file: join(directory, "head"),
});

/** False when nothing was ever recorded there. Throws HEAD_MISSING (exit 4) when database and head are gone that once were. */
export function usedBefore(directory: string): boolean {
  const { file, head_file } = recordFiles(directory);
  if (existsSync(file) || existsSync(head_file)) return true;
  // Locks are made only once the store is open.
  if (!existsSync(join(directory, "locks"))) return false;
  throw new CesError("HEAD_MISSING", "the database of this project and its signed head are missing", {
    remedy: "restore the project's state folder from a backup, then: ces audit verify",
  });
}
