// What a project says about its packages: the manifest, the client's lockfile, and what was installed last. Read through `FileFacts`, parsed once.
import type { FileFacts } from "../../file-facts.ts";
import type { Ecosystem } from "../advisories.ts";
import type { LockEntry, LockReading } from "../locks/lock-entry.ts";
import { readLockfile } from "../locks/read-lockfile.ts";
import { manifestKinds, manifestRequirements } from "../manifest-requirements.ts";
import type { Requirement } from "../specs/requirement.ts";
import type { InstallRequest } from "./install-request.ts";

/** Where to look: the folder the client works in, and the folders above which nothing belongs to the project. */
export interface ProjectPlace {
  readonly ecosystem: Ecosystem;
  readonly dir: string;
  readonly roots: readonly string[];
  /** Names of the client's lockfile, the first that is there counts. */
  readonly locks: readonly string[];
  /** Where the client notes what it installed, below the lockfile's folder. */
  readonly installed?: string;
}

type ProjectFacts = Pick<InstallRequest, "manifest" | "manifest_fault" | "locked" | "lock_fault" | "installed">;

const [LOCK_BYTES, MANIFEST_BYTES, MOST_LEVELS] = [16 * 1024 * 1024, 1024 * 1024, 24] as const;

/** Facts of a project of which the folder is not known. */
export const unknownProject: ProjectFacts = {
  manifest: null,
  manifest_fault: null,
  locked: null,
  lock_fault: "the folder is not known",
  installed: null,
};

/** Reads them. What cannot be read is said, never taken for empty. */
export function readProject(facts: FileFacts, place: ProjectPlace): ProjectFacts {
  const folders = foldersUp(place.dir, place.roots);
  const manifestName = manifestKinds.find(({ ecosystem }) => ecosystem === place.ecosystem)?.name ?? "";
  const manifest = manifestOf(facts, folders, manifestName);
  const lock = firstLock(facts, folders, place.locks);
  const noted =
    lock === undefined || place.installed === undefined
      ? undefined
      : facts.read(`${lock.dir}/${place.installed}`, LOCK_BYTES);
  return {
    ...manifest,
    ...lockFacts(lock),
    installed: noted === undefined ? null : entriesOf(lock?.name ?? "", noted),
  };
}

/** The folder and those above it, up to the root that holds it, or to the file system's. */
export function foldersUp(dir: string, roots: readonly string[]): readonly string[] {
  const folders: string[] = [];
  for (let at = dir; folders.length < MOST_LEVELS; at = at.slice(0, at.lastIndexOf("/"))) {
    folders.push(at);
    if (roots.includes(at) || !at.includes("/") || at.lastIndexOf("/") === 0) break;
  }
  return folders;
}

interface FoundLock {
  readonly dir: string;
  readonly name: string;
  /** Undefined: it is there and cannot be read. */
  readonly text: string | undefined;
}

function firstLock(facts: FileFacts, folders: readonly string[], names: readonly string[]): FoundLock | undefined {
  for (const dir of folders)
    for (const name of names)
      if (facts.lstat(`${dir}/${name}`) !== undefined)
        return { dir, name, text: facts.read(`${dir}/${name}`, LOCK_BYTES) };
  return undefined;
}

function lockFacts(lock: FoundLock | undefined): Pick<ProjectFacts, "locked" | "lock_fault"> {
  if (lock === undefined) return { locked: null, lock_fault: null };
  if (lock.text === undefined) return { locked: null, lock_fault: `${lock.name} cannot be read, or is too large` };
  const reading = parsedLock(lock.name, lock.text);
  if (reading === undefined) return { locked: null, lock_fault: `${lock.name} is no lockfile that is read here` };
  return reading.kind === "read"
    ? { locked: reading.entries, lock_fault: null }
    : { locked: null, lock_fault: reading.why };
}

function entriesOf(name: string, text: string): readonly LockEntry[] | null {
  const reading = parsedLock(name, text);
  return reading?.kind === "read" ? reading.entries : null;
}

function manifestOf(
  facts: FileFacts,
  folders: readonly string[],
  name: string,
): Pick<ProjectFacts, "manifest" | "manifest_fault"> {
  const dir = folders.find((folder) => facts.lstat(`${folder}/${name}`) !== undefined);
  if (dir === undefined) return { manifest: null, manifest_fault: null };
  const text = facts.read(`${dir}/${name}`, MANIFEST_BYTES);
  const manifest = text === undefined ? null : parsedManifest(name, text);
  return { manifest, manifest_fault: manifest === null ? `${name} cannot be read yet` : null };
}

// One line may install a hundred times over: the last few texts are not parsed again.
const MOST_KEPT = 6;
const keptLocks = new Map<string, LockReading | undefined>();
const keptManifests = new Map<string, readonly Requirement[] | null>();

const parsedLock = (name: string, text: string): LockReading | undefined =>
  kept(keptLocks, `${name}\n${text}`, () => readLockfile(name, text));

const parsedManifest = (name: string, text: string): readonly Requirement[] | null =>
  kept(keptManifests, `${name}\n${text}`, () => manifestRequirements(name, text) ?? null);

function kept<Value>(store: Map<string, Value>, key: string, make: () => Value): Value {
  if (!store.has(key)) {
    if (store.size >= MOST_KEPT) store.clear();
    store.set(key, make());
  }
  // SAFETY: the key was set just now, or was there.
  return store.get(key) as Value;
}
