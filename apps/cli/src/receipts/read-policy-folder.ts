// The files of a policy folder. Whoever can write there decides what is allowed, so nothing is followed and nothing is large; what the
// files say is judged by the rules' own reader.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { holdsCedar, holdsRules, MAX_POLICY_BYTES, MAX_POLICY_FILES } from "@ces/governance-rules";
import { CesError } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";

/** The `.yaml`, `.yml` and `.cedar` files of a folder, by name. Throws CesError POLICY_FOLDER, POLICY_UNREADABLE. */
export function readPolicyFolder(folder: string): readonly PolicyFile[] {
  const names = namesIn(folder).filter((name) => holdsRules(name) || holdsCedar(name));
  if (names.length > MAX_POLICY_FILES)
    throw unreadable(folder, `holds more than ${MAX_POLICY_FILES} files of a policy`);
  return names.toSorted().map((name) => ({ name, bytes: readPlain(join(folder, name)) }));
}

function namesIn(folder: string): readonly string[] {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) throw noFolder(folder, found === undefined ? "is not there" : "is no folder");
  try {
    return readdirSync(folder);
  } catch (error) {
    throw noFolder(folder, "cannot be read", error);
  }
}

function readPlain(path: string): Uint8Array {
  const descriptor = open(path);
  try {
    const { size } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile()) throw unreadable(path, "is no regular file");
    if (size > MAX_POLICY_BYTES) throw unreadable(path, `is larger than ${MAX_POLICY_BYTES} bytes`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

// No link, and no waiting for whoever writes to a pipe.
function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(path, "cannot be opened as a plain file", error);
  }
}

function noFolder(folder: string, why: string, cause?: unknown): CesError {
  return new CesError("POLICY_FOLDER", `the policy folder \`${folder}\` ${why}`, {
    remedy: "name the folder that holds the `.yaml` files: --policy-dir DIR",
    cause,
  });
}

function unreadable(path: string, why: string, cause?: unknown): CesError {
  return new CesError("POLICY_UNREADABLE", `\`${path}\` ${why}`, { remedy: "put plain files there", cause });
}
