// requirements.txt of pip: one requirement a line, options, hashes, and lines that bring in other files.
import { pipEditable, pipSpec } from "../specs/pip-spec.ts";
import { shownWord, type Requirement } from "../specs/requirement.ts";
import { lockEntry, readEntries, type LockReading } from "./lock-entry.ts";

/** What a requirements file asks for. */
export interface RequirementsFile {
  readonly requirements: readonly Requirement[];
  /** Names of further files, as they are written. */
  readonly includes: readonly string[];
  /** Options in it that weaken an install or send it elsewhere, as they are written. */
  readonly options: readonly string[];
  /** Every requirement has at least one hash. */
  readonly hashed: boolean;
}

const MAX_LINES = 20_000;

/** Reads it; undefined when it is too long to be believed. */
export function readRequirements(text: string): RequirementsFile | undefined {
  const lines = text.replaceAll(/\\\r?\n/g, " ").split(/\r?\n/);
  if (lines.length > MAX_LINES) return undefined;
  const [requirements, includes, options]: [Requirement[], string[], string[]] = [[], [], []];
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
      requirements.push(pipSpec(line.replace(/\s+--.*$/s, "")));
      hashed &&= /--hash[=\s]/.test(line);
    }
  }
  return { requirements, includes, options, hashed: hashed && requirements.length > 0 };
}

/** The same as a lockfile: what is pinned exactly. */
export function readRequirementsLock(text: string): LockReading {
  const file = readRequirements(text);
  if (file === undefined) return { kind: "unreadable", why: "it has too many lines" };
  return readEntries(
    file.requirements.map(({ name, wanted, source, text: written }) =>
      lockEntry("PyPI", name ?? written, wanted.kind === "exact" ? wanted.version : null, {
        source: source.kind === "git" || source.kind === "url" || source.kind === "file" ? source.kind : "registry",
      }),
    ),
  );
}
