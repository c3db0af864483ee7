// Programs are found once, as absolute real files that nobody but root or the user could have put there (S24).
import { createHash } from "node:crypto";
import { createReadStream, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { isWithin } from "./bind-source.ts";

/** A program's real path; `sha256` reads the file when called. */
export type ResolvedTool = { readonly path: string; readonly sha256: () => Promise<string> };

/** A candidate that was passed over, for the notice. */
export type SkippedTool = { readonly path: string; readonly why: string };

/** `found`, or `missing` with what was passed over. */
export type ToolResolution =
  | { readonly kind: "found"; readonly tool: ResolvedTool; readonly skipped: readonly SkippedTool[] }
  | { readonly kind: "missing"; readonly skipped: readonly SkippedTool[] };

/** Where to look: a PATH, folders nothing may come from (project, worktrees), and one exact path that replaces the search. */
export type ToolSearch = {
  readonly path: string;
  readonly forbiddenRoots: readonly string[];
  readonly override?: string;
};

/** Finds a program. An override is judged by the same rules and never falls back to the search. */
export function resolveTool(name: string, search: ToolSearch): ToolResolution {
  const skipped: SkippedTool[] = [];
  for (const candidate of candidates(name, search)) {
    const verdict = looked(candidate, search);
    if (verdict.kind === "good")
      return { kind: "found", tool: { path: verdict.path, sha256: () => digest(verdict.path) }, skipped };
    if (verdict.kind === "bad") skipped.push({ path: candidate, why: verdict.why });
  }
  return { kind: "missing", skipped };
}

function candidates(name: string, search: ToolSearch): readonly string[] {
  if (search.override !== undefined) return [search.override];
  return basename(name) === name
    ? search.path.split(":").map((folder) => (folder === "" ? "./" : `${folder}/`) + name)
    : [];
}

type Judgement =
  | { readonly kind: "good"; readonly path: string }
  | { readonly kind: "bad"; readonly why: string }
  | { readonly kind: "absent" };

// An entry of PATH that nobody may look into, or that leads nowhere, is passed over like any other; it is no fault of ours.
function looked(candidate: string, search: ToolSearch): Judgement {
  try {
    return judge(candidate, search);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (UNLOOKABLE.has(code)) return { kind: "bad", why: `cannot be looked at (${code})` };
    throw error;
  }
}

const UNLOOKABLE: ReadonlySet<string> = new Set(["EACCES", "ELOOP", "ENAMETOOLONG", "ENOTDIR", "EPERM"]);

function judge(candidate: string, search: ToolSearch): Judgement {
  if (lstatSync(candidate, { throwIfNoEntry: false }) === undefined) return { kind: "absent" };
  // npm and pnpm put such folders on PATH. A global installation's target may lie in one, and the user may name one.
  if (search.override === undefined && candidate.split("/").includes("node_modules"))
    return { kind: "bad", why: "in a node_modules folder" };
  if (!isAbsolute(candidate)) return { kind: "bad", why: "the path is relative" };
  if (statSync(candidate, { throwIfNoEntry: false })?.isFile() !== true) return { kind: "bad", why: "not a file" };
  const path = realpathSync(candidate);
  // SECURITY: both where it was found and where it leads: a link in bin/ to /usr/bin/env is still the project's word.
  for (const each of [join(realpathSync(dirname(candidate)), basename(candidate)), path]) {
    const why = unsafePlace(each, search.forbiddenRoots);
    if (why !== undefined) return { kind: "bad", why };
  }
  return (statSync(path).mode & 0o111) === 0 ? { kind: "bad", why: "not executable" } : { kind: "good", path };
}

function unsafePlace(path: string, forbidden: readonly string[]): string | undefined {
  if (forbidden.some((root) => isWithin(path, realOrSame(root)))) return "inside a project";
  for (let at = path; ; at = dirname(at)) {
    const stat = lstatSync(at);
    if (stat.uid !== 0 && stat.uid !== process.geteuid?.()) return `\`${at}\` belongs to somebody else`;
    const sticky = at !== path && (stat.mode & 0o1000) !== 0;
    if (!stat.isSymbolicLink() && (stat.mode & 0o022) !== 0 && !sticky) return `\`${at}\` can be written by others`;
    if (at === "/") return undefined;
  }
}

function realOrSame(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // a byte stream
  return hash.digest("hex");
}
