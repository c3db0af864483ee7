// A folder of files that are made once and never changed, such as the receipts of a chain: ours alone, with one writer at a time.
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { dropTemporaries } from "./left-behind.ts";
import { ownedDirectory } from "./owned-directory.ts";
import { createOnce, readOwned } from "./owned-file.ts";
import { withOwnerLock } from "./owner-lock.ts";

/** Files by name. Whatever throws, throws the system's error or CesError `STATE_UNSAFE`. */
export type RecordFolder = {
  /** Absolute. */
  readonly path: string;
  /** Everything in it but names that begin with a dot; empty when there is no folder yet. */
  readonly names: () => readonly string[];
  /** A file's bytes; undefined when there is none. */
  readonly read: (name: string) => Uint8Array | undefined;
  /** Makes a file, whole and durable, or not at all. False: somebody else made it first. */
  readonly create: (name: string, text: string) => boolean;
  /** Runs `work` alone among all writers, after what a killed one left was removed. Makes the folder. Throws CesError `STATE_BUSY`. */
  readonly alone: <T>(work: () => T) => T;
};

/** Opens a folder; it is made when first written to, with mode 0700. `path` is absolute, `maxBytes` the most that a file may have. */
export function openRecordFolder(path: string, { maxBytes }: { readonly maxBytes: number }): RecordFolder {
  return {
    path,
    names: () => {
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return [];
      ownedDirectory(path);
      return readdirSync(path).filter((name) => !name.startsWith("."));
    },
    read: (name) => readOwned(join(path, name), { maxBytes }),
    create: (name, text) => createOnce(join(path, name), text),
    alone: (work) => {
      ownedDirectory(path);
      return withOwnerLock(join(path, ".lock"), () => {
        dropTemporaries(path, () => true);
        return work();
      });
    },
  };
}
