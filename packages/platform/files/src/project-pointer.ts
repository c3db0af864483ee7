// `.ces/project`: the id of the state that belongs to this folder. Attacker-controlled: a clone or an agent may write it.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import { ProjectId } from "./bindings.schema.ts";
import { ownUid } from "./owned-path.ts";

const FOLDER = ".ces";
const FILE = "project";

/** The id in the pointer; undefined when there is none or it is not an id. Throws CesError PROJECT_POINTER_UNSAFE. */
export function readPointer(projectRoot: string): string | undefined {
  if (!checkFolder(projectRoot)) return undefined;
  const path = join(projectRoot, FOLDER, FILE);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile() || stats.nlink !== 1) throw refuse(`\`${FOLDER}/${FILE}\` is not a plain file`);
  const read = ProjectId.safeParse(readStart(path).replace(/\n$/, ""));
  return read.success ? read.data : undefined;
}

/** Writes the pointer, and a `.gitignore` that keeps the whole folder out of git. */
export function writePointer(projectRoot: string, projectId: string): void {
  const folder = join(projectRoot, FOLDER);
  if (!checkFolder(projectRoot)) mkdirSync(folder, { mode: 0o700 });
  replace(join(folder, ".gitignore"), "*\n");
  replace(join(folder, FILE), `${projectId}\n`);
}

// A rename replaces whatever name is there, link or not, and follows nothing.
function replace(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(8).toString("hex")}`;
  writeFileSync(temporary, text, { flag: "wx", mode: 0o600 });
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function checkFolder(projectRoot: string): boolean {
  const stats = lstatSync(join(projectRoot, FOLDER), { throwIfNoEntry: false });
  if (!stats) return false;
  if (!stats.isDirectory()) throw refuse(`\`${FOLDER}\` is not a directory`);
  if (stats.uid !== ownUid()) throw refuse(`\`${FOLDER}\` belongs to another user`);
  return true;
}

function readStart(path: string): string {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFile()) throw refuse(`\`${FOLDER}/${FILE}\` is not a plain file`);
    const bytes = Buffer.alloc(64);
    return bytes.toString("utf8", 0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
}

function refuse(fault: string): CesError {
  return new CesError("PROJECT_POINTER_UNSAFE", `the project's pointer cannot be trusted: ${fault}`, {
    remedy: "look at `.ces` in the project, remove it, and run the command again",
  });
}
