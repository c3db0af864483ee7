// A lockfile by its name.
import type { Ecosystem } from "../advisories.ts";
import { readBunLock, readComposerLock } from "./bun-lock.ts";
import type { LockReading } from "./lock-entry.ts";
import { readNpmLock } from "./npm-lock.ts";
import { readGemfileLock, readGoSum } from "./plain-locks.ts";
import { readPnpmLock } from "./pnpm-lock.ts";
import { readRequirementsLock } from "./requirements-file.ts";
import { readTomlLock } from "./toml-locks.ts";
import { readYarnLock } from "./yarn-lock.ts";

/** A lockfile's name, whose it is, and how it is read. */
export interface LockKind {
  readonly name: string;
  readonly ecosystem: Ecosystem;
  readonly read: (text: string) => LockReading;
}

/** Every lockfile that is read, in the order in which a client looks for its own. */
export const lockKinds: readonly LockKind[] = [
  { name: "npm-shrinkwrap.json", ecosystem: "npm", read: readNpmLock },
  { name: "package-lock.json", ecosystem: "npm", read: readNpmLock },
  { name: "pnpm-lock.yaml", ecosystem: "npm", read: readPnpmLock },
  { name: "yarn.lock", ecosystem: "npm", read: readYarnLock },
  { name: "bun.lock", ecosystem: "npm", read: readBunLock },
  { name: "uv.lock", ecosystem: "PyPI", read: (text) => readTomlLock("PyPI", text) },
  { name: "poetry.lock", ecosystem: "PyPI", read: (text) => readTomlLock("PyPI", text) },
  { name: "pdm.lock", ecosystem: "PyPI", read: (text) => readTomlLock("PyPI", text) },
  { name: "requirements.txt", ecosystem: "PyPI", read: readRequirementsLock },
  { name: "Cargo.lock", ecosystem: "crates.io", read: (text) => readTomlLock("crates.io", text) },
  { name: "go.sum", ecosystem: "Go", read: readGoSum },
  { name: "Gemfile.lock", ecosystem: "RubyGems", read: readGemfileLock },
  { name: "composer.lock", ecosystem: "Packagist", read: readComposerLock },
];

/** Reads a lockfile by the last part of its path; undefined when it is none. Never throws. */
export function readLockfile(path: string, text: string): LockReading | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return lockKinds.find((kind) => kind.name === name)?.read(text);
}
