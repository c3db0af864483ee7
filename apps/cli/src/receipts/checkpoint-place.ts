// Where a checkpoint is kept. It is worth something only where the agent whose receipts it counts cannot write: outside every repository and outside the
// chain, in a folder that nobody else may write into.
import { lstatSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { atomicWrite, checkComponents, isInside, repositoryAbove } from "@ces/files";
import { CesError, isCesError, type Json, parseJson } from "@ces/kernel";
import { readDocument } from "../csc/read-document.ts";

/** Throws CesError `CHECKPOINT_PLACE` for a place that does not do. `path` and `chain` are absolute. */
export function checkCheckpointPlace(path: string, chain: string): void {
  const folder = dirname(path);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw unfit(path, `\`${folder}\` is no folder`);
  try {
    checkComponents(path);
  } catch (error) {
    throw isCesError(error, "STATE_UNSAFE") ? unfit(path, error.message.replace(/^.*, but /, "")) : error;
  }
  if (isInside(folder, realpathSync(chain))) throw unfit(path, "it lies in the chain itself");
  const repository = repositoryAbove(folder);
  if (repository !== undefined)
    throw unfit(path, `it lies in the repository \`${repository}\`, where an agent may write`);
}

/** The checkpoint that is kept there; undefined for none. Throws CesError `USAGE_FILE`, `CSC_FILE`. */
export function readCheckpointFile(path: string): Json | undefined {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const read = parseJson(readDocument(path, "receipt", 1024 * 1024), { profile: "strict" });
  if (read.kind === "parsed") return read.value;
  throw new CesError("USAGE_FILE", `\`${path}\` is no strict JSON (${read.cause} at ${read.at})`, {
    remedy: "name a signed checkpoint",
  });
}

/** Keeps a checkpoint in place of the one before it. Throws what the disk throws. */
export function keepCheckpoint(path: string, text: string): void {
  atomicWrite(path, `${text}\n`);
}

function unfit(path: string, why: string): CesError {
  return new CesError("CHECKPOINT_PLACE", `a checkpoint in \`${path}\` would be worth nothing: ${why}`, {
    remedy: "name a file outside every repository, in a folder that only you can write",
  });
}
