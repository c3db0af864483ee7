// requirements.txt of pip: one requirement a line, options, hashes, and lines that bring in other files.
import { pipEditable, pipSpec } from "../specs/pip-spec.ts";
import { shownWord, type Requirement } from "../specs/requirement.ts";
import { type LockEntry, lockEntry, readEntries, type LockReading } from "./lock-entry.ts";

/** What a requirements file asks for. */
export interface RequirementsFile {
  readonly requirements: readonly Requirement[];
  /** Names of further files, as they are written. */
  readonly includes: readonly string[];
  /** Options in it that weaken an install or send it elsewhere, as they are written. */
  readonly options: readonly string[];
  /** Every requirement has at least one hash. */
  readonly hashed: boolean;
  /** The same lines as pins; what has no exact version has none here either. */
  readonly entries: readonly LockEntry[];
}

const MAX_LINES = 20_000;

/** Reads it; undefined when it is too long to be believed. */
export function readRequirements(text: string): RequirementsFile | undefined {
  const lines = text.replaceAll(/\\\r?\n/g, " ").split(/\r?\n/);
  if (lines.length > MAX_LINES) return undefined;
  const [requirements, includes, options]: [Requirement[], string[], string[]] = [[], [], []];
  const entries: LockEntry[] = [];
  let hashed = true;
  for (const raw of lines) {
    const line = raw.replace(/(?:^|\s)#.*$/, "").trim();
    const include = /^(?:-r|--requirement|-c|--constraint)[\s=]*(\S+)/.exec(line)?.[1];
    const editable = /^(?:-e|--editable)[\s=]+(.+)$/.exec(line)?.[1];
    if (line === "") continue;
    if (include !== undefined) includes.push(include);
    else if (editable !== undefined) requirements.push(pipEditable(editable));
    else if (line.startsWith("-")) options.push(shownWord(line));
    else {
      const one = pipSpec(line.replace(/\s+--.*$/s, ""));
      const hashes = [...line.matchAll(/--hash[=\s]\s*(\S+)/g)].map((found) => found[1] ?? "");
      requirements.push(one);
      entries.push(entryOf(one, hashes));
      hashed &&= hashes.length > 0;
    }
  }
  return { requirements, includes, options, hashed: hashed && requirements.length > 0, entries };
}

/** The same as a lockfile: what is pinned exactly. */
export function readRequirementsLock(text: string): LockReading {
  const file = readRequirements(text);
  return file === undefined ? { kind: "unreadable", why: "it has too many lines" } : readEntries(file.entries);
}

function entryOf({ name, wanted, source, text }: Requirement, hashes: readonly string[]): LockEntry {
  return lockEntry("PyPI", name ?? text, wanted.kind === "exact" ? wanted.version : null, {
    source: source.kind === "git" || source.kind === "url" || source.kind === "file" ? source.kind : "registry",
    integrity: hashes.length === 0 ? null : hashes.toSorted().join(" "),
  });
}
