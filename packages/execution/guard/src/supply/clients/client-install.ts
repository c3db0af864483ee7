// From a client's call to the judgement of an install: the words become requirements, the project is read, the effects come back with the edit.
import { type Arg, isKnown } from "../../arg.ts";
import type { Edit, Effect } from "../../effect.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import type { Ecosystem } from "../advisories.ts";
import type { InstallScope, ScriptState } from "../install/install-request.ts";
import { judgeInstall, MAX_REQUESTED } from "../install/judge-install.ts";
import { foldersUp, type ProjectPlace, readProject, unknownProject } from "../install/read-project.ts";
import type { LockEntry } from "../locks/lock-entry.ts";
import { packageConfigEffects } from "../config-files.ts";
import { readSpec } from "../specs/read-spec.ts";
import type { Requirement } from "../specs/requirement.ts";
import { lineFacts } from "./line-facts.ts";

/** An install as its client's profile understands it. */
export interface ClientInstall {
  readonly ecosystem: Ecosystem;
  readonly command: string;
  readonly scope: InstallScope;
  /** The client stops when the lockfile does not say it all. */
  readonly frozen?: boolean;
  /** Words that name packages. */
  readonly words?: readonly Arg[];
  /** What is asked for and is no word of its own. */
  readonly requested?: readonly Requirement[];
  readonly unknown_words?: boolean;
  readonly scripts: ScriptState;
  /** Turns scripts off, when `scripts` is `rewritable`. */
  readonly edits?: readonly Edit[];
  readonly locks?: readonly string[];
  readonly installed?: string;
  /** What pins the install, when it is no lockfile of the project (a requirements file). Then no manifest is read. */
  readonly locked?: readonly LockEntry[] | null;
  /** The folder that options name, if it is not the shell's. */
  readonly dir?: Arg | undefined;
}

/** The outcome of an install. Without an edit, what needs one is said and stopped. */
export function installOutcome(on: Evaluation, install: ClientInstall): Outcome {
  const { ecosystem, words = [] } = install;
  // One more than is judged: then it is said that there are too many.
  const readable = words.filter(isKnown).slice(0, MAX_REQUESTED + 1);
  const dirs = foldersOf(on, install.dir);
  const request = {
    ecosystem,
    command: install.command,
    scope: install.scope,
    frozen: install.frozen === true,
    requested: [...readable.map(({ text }) => readSpec(ecosystem, text)), ...(install.requested ?? [])],
    unknown_words: !words.every(isKnown) || install.unknown_words === true,
    scripts: install.scripts,
  };
  const { advisories, now, workspaces } = on.setting;
  const place = {
    ecosystem,
    roots: workspaces,
    locks: install.locks ?? [],
    ...(install.installed === undefined ? {} : { installed: install.installed }),
  };
  const { locked } = install;
  const own =
    locked === undefined
      ? undefined
      : [{ manifest: null, manifest_fault: null, locked, lock_fault: null, installed: null }];
  const projects = own ?? readProjects(on, dirs, place);
  const effects = projects.flatMap((project) =>
    judgeInstall({ ...request, ...project }, { advisories, metadata: null, grants: [], now }),
  );
  return { ...on.fine(), effects: [...effects, ...weakConfig(on, dirs)], edits: install.edits ?? [] };
}

// What the project's own configuration switches off for this very install. Another registry over TLS is the project's business: the
// lockfile's hashes hold whoever serves; scripts are off by the command line, which wins over any file.
function weakConfig(on: Evaluation, dirs: readonly string[]): readonly Effect[] {
  const facts = lineFacts(on);
  const folders = [...new Set(dirs.flatMap((dir) => foldersUp(dir, on.setting.workspaces)))];
  return folders.flatMap((folder) =>
    CONFIGS.flatMap((name) => {
      const text = facts.read(`${folder}/${name}`, MAX_CONFIG);
      if (text === undefined) return [];
      const plain = /^[^#;\n]*registry[^\n]*http:\/\/(?!localhost|127\.)/im.test(text);
      return packageConfigEffects(name, text).filter(
        ({ kind }) => kind === "supply-chain.protection-off" || (plain && kind === "supply-chain.source"),
      );
    }),
  );
}

const CONFIGS = [".npmrc", ".yarnrc", ".yarnrc.yml", "bunfig.toml"] as const;
const MAX_CONFIG = 64 * 1024;

const readProjects = (on: Evaluation, dirs: readonly string[], place: Omit<ProjectPlace, "dir">) =>
  dirs.length === 0 ? [unknownProject] : dirs.map((dir) => readProject(lineFacts(on), { ...place, dir }));

/** Absolute folders that a client works in: where its option says, else where the shell stands. */
export function foldersOf(on: Evaluation, dir: Arg | undefined): readonly string[] {
  if (dir === undefined) return on.cwds;
  return on.places(dir).flatMap(({ real }) => (real === null ? [] : [real]));
}

/** True when every folder that `dir` may be is the workspace's own. */
export function isInside(on: Evaluation, dir: Arg | undefined): boolean {
  if (dir === undefined) return true;
  const places = on.places(dir);
  return (
    places.length > 0 && places.every(({ real_zone }) => real_zone === "workspace" || real_zone === "workspace-root")
  );
}
