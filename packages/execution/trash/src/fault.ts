// Why one path was not taken. The sentences are those of coreutils where coreutils has one, so that people and scripts know them.
import { isCesError } from "@ces/kernel";
import { codeOf } from "./open-below.ts";

/** Why, as a value: a code for programs, a sentence for people. */
export type Fault = { readonly code: FaultCode; readonly text: string };

/** `REFUSED`: the floor (`refusePlace`). `SYSTEM`: the kernel said no. `COPY`: it cannot be taken to another device. */
export type FaultCode =
  | "MISSING"
  | "NOT_FOLDER"
  | "IS_FOLDER"
  | "NOT_EMPTY"
  | "DOT"
  | "REFUSED"
  | "NOT_REGULAR"
  | "CHANGED"
  | "COPY"
  | "NO_SPACE"
  | "SYSTEM";

const said: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  EBUSY: "Device or resource busy",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
  EDQUOT: "Disk quota exceeded",
  ENAMETOOLONG: "File name too long",
  ELOOP: "Too many levels of symbolic links",
  EXDEV: "Invalid cross-device link",
  EMFILE: "Too many open files",
};

/** The fault of a plain reason. */
export function fault(code: FaultCode, text: string): Fault {
  return { code, text };
}

/** Nothing stands there. */
export const missing: Fault = fault("MISSING", "No such file or directory");
/** A path through something that is no folder. */
export const notFolder: Fault = fault("NOT_FOLDER", "Not a directory");
/** `link/`: coreutils would empty the folder behind it. Said even with `-f`, because nothing was removed. */
export const throughLink: Fault = fault("NOT_FOLDER", "Is a link; name the folder that it leads to");
/** A folder where a file is meant. */
export const isFolder: Fault = fault("IS_FOLDER", "Is a directory");
/** A folder with something in it where an empty one is meant. */
export const notEmpty: Fault = fault("NOT_EMPTY", "Directory not empty");

/** The fault behind something thrown. Errors that nobody foresaw are thrown on. */
export function faultOf(error: unknown): Fault {
  if (isCesError(error)) {
    if (!/^TRASH_(CANNOT_COPY|NO_SPACE|SOURCE_CHANGED)$/.test(error.code)) throw error;
    return fault(error.code === "TRASH_NO_SPACE" ? "NO_SPACE" : "COPY", error.message);
  }
  const code = codeOf(error);
  if (code === "ENOENT") return missing;
  if (code === "ENOTDIR") return notFolder;
  if (code === "ENOTEMPTY" || code === "EEXIST") return notEmpty;
  if (code === "ENOSPC" || code === "EDQUOT") return fault("NO_SPACE", said[code] ?? code);
  if (code === "") throw error;
  return fault("SYSTEM", said[code] ?? code);
}

/** The fault of a node error code. */
export function faultOfCode(code: string): Fault {
  return fault("SYSTEM", said[code] ?? code);
}
