// Which file `argv[0]` starts: searched once, on a list of folders that no environment can change, through every link to a real file
// that only root or the user could have put there (F-30, S24).
import { lstatSync, readlinkSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { resolveTool } from "@ces/sandbox";
import { isBelow, realPathOf } from "./real-path.ts";
import { readProgramFile, type ProgramFile } from "./program-file.ts";

/** A program that may be started: where it was found, the links from there, the file, and what its first line needs. */
export type Program = {
  readonly found: string;
  /** `[target, path]` of every link on the way. */
  readonly links: readonly (readonly [string, string])[];
  readonly file: ProgramFile;
  readonly needs: readonly Program[];
};

/** `not_found` and `not_executable` are what a shell calls 127 and 126. */
export type ProgramAnswer =
  | { readonly kind: "program"; readonly program: Program }
  | { readonly kind: "not_found"; readonly why: string }
  | { readonly kind: "not_executable"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** Where to look, and which real folders nothing may come from: what the contract can write. */
export type ProgramSearch = {
  readonly path: readonly string[];
  readonly cwd: string;
  readonly writable: readonly string[];
};

const MOST_LINKS = 16;
const MOST_INTERPRETERS = 4;

/** Resolves one `argv[0]`. Never throws. */
export function resolveProgram(name: string, search: ProgramSearch, depth = 0): ProgramAnswer {
  const found = findProgram(name, search);
  if (found === undefined) return { kind: "not_found", why: `\`${name}\` was not found` };
  const trail = follow(found);
  if (trail === undefined) return { kind: "refused", why: `\`${name}\` leads through too many links` };
  const stat = statSync(trail.real, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || (stat.mode & 0o111) === 0)
    return { kind: "not_executable", why: `\`${name}\` is no file that can be executed` };
  const unsafe = unsafety(found, trail.real, search);
  if (unsafe !== undefined) return { kind: "refused", why: `\`${name}\`: ${unsafe}` };
  const file = readProgramFile(trail.real);
  if (file === undefined) return { kind: "not_executable", why: `\`${name}\` cannot be read` };
  const needs = interpreters(file, search, depth);
  if (needs.kind === "refused") return { kind: "refused", why: `\`${name}\` needs an interpreter: ${needs.why}` };
  return { kind: "program", program: { found, links: trail.links, file, needs: needs.programs } };
}

/** Every program that has to be there, each file once. */
export function allPrograms(programs: readonly Program[]): readonly Program[] {
  return programs.flatMap((program) => [program, ...allPrograms(program.needs)]);
}

/** The first file of that name in the folders of `path`; a name with a slash is itself. Nothing is judged yet. */
export function findProgram(name: string, { path, cwd }: Pick<ProgramSearch, "path" | "cwd">): string | undefined {
  if (name === "" || name.includes("\0")) return undefined;
  const candidates = name.includes("/")
    ? [isAbsolute(name) ? resolve(name) : resolve(cwd, name)]
    : path.map((folder) => join(folder, name));
  return candidates.find((candidate) => statQuietly(candidate)?.isFile() === true);
}

function statQuietly(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

// Folders on the way are resolved by their real path; the last names one by one, because a program may look at its own.
function follow(found: string): { readonly real: string; readonly links: Program["links"] } | undefined {
  const links: (readonly [string, string])[] = [];
  let at = realParent(found);
  while (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    if (links.length === MOST_LINKS) return undefined;
    const target = readlinkSync(at);
    links.push([target, at]);
    at = realParent(resolve(dirname(at), target));
  }
  return { real: at, links };
}

function realParent(path: string): string {
  const parent = realPathOf(dirname(path));
  return parent.kind === "there" ? join(parent.path, basename(path)) : path;
}

// SECURITY: neither the name nor the file may lie where the contract writes; owner and mode are judged as for our own tools.
function unsafety(found: string, real: string, { writable }: ProgramSearch): string | undefined {
  if ([realParent(found), real].some((path) => writable.some((root) => isBelow(path, root))))
    return "it lies in a place that the contract may write";
  const judged = resolveTool(basename(found), { path: "", forbiddenRoots: [], override: real });
  return judged.kind === "found" ? undefined : (judged.skipped[0]?.why ?? "it cannot be read");
}

type Interpreters =
  | { readonly kind: "programs"; readonly programs: readonly Program[] }
  | { readonly kind: "refused"; readonly why: string };

function interpreters(file: ProgramFile, search: ProgramSearch, depth: number): Interpreters {
  const [path, ...words] = file.interpreter;
  if (path === undefined) return { kind: "programs", programs: [] };
  if (depth === MOST_INTERPRETERS) return { kind: "refused", why: "they are nested too deeply" };
  // `env` starts the first word that is neither an option nor a variable.
  const started = basename(path) === "env" ? words.filter((word) => !/^-|=/.test(word)).slice(0, 1) : [];
  const programs: Program[] = [];
  for (const name of [path, ...started]) {
    const answer = resolveProgram(name, search, depth + 1);
    if (answer.kind !== "program") return { kind: "refused", why: answer.why };
    programs.push(answer.program);
  }
  return { kind: "programs", programs };
}
