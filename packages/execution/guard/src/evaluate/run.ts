// One judgement while it is being made: the setting, the facts, what was collected, and the bounds it must keep.
import { CesError } from "@ces/kernel";
import type { Stream } from "../arg.ts";
import type { Edit, Effect, Part, Rescue } from "../effect.ts";
import type { EffectKind } from "../effect-kinds.ts";
import type { FileFacts } from "../file-facts.ts";
import type { Place } from "../paths/place.ts";
import type { Reading } from "./recursion.ts";
import type { Setting } from "../setting.ts";

/** Grows while a part of a command is read. */
export interface Collector {
  readonly effects: Effect[];
  readonly edits: Edit[];
  readonly rescues: Rescue[];
  readonly parts: Part[];
}

/** What was collected, to be taken over. */
export interface Found {
  readonly effects: readonly Effect[];
  readonly edits: readonly Edit[];
  readonly rescues: readonly Rescue[];
  readonly parts: readonly Part[];
}

export const newCollector = (): Collector => ({ effects: [], edits: [], rescues: [], parts: [] });

/** A file that this very command makes: what it will hold, or which program it is a copy of. */
export interface Created {
  readonly content: Stream | null;
  readonly copy_of: string | null;
  /** Another file stood there before. */
  readonly over: boolean;
  /** The conditions under which it was written; none: it surely was. */
  readonly way: readonly object[];
  /** How many commands had been read. */
  readonly step: number;
}

/** Bounds of §2.5: commands evaluated, words and patterns of one command, characters of nested text read, depth of wrapping. */
export const LIMITS = {
  commands: 3000,
  variables: 512,
  milliseconds: 100,
  nested_text: 512 * 1024,
  depth: 16,
  words: 4096,
  patterns: 512,
  files: 3,
  script_bytes: 256 * 1024,
  choices: 64,
} as const;

export interface Run {
  readonly setting: Setting;
  readonly facts: FileFacts;
  readonly created: Map<string, Created>;
  /** Links that this very command makes, by their path; the facts show them as if they were there. */
  readonly links: Links;
  /** Places that words named, for as long as no link is made. */
  readonly places: Map<string, readonly Place[]>;
  /** Files of which this very command has put a copy into the trash, so that emptying them loses nothing, each with the conditions under which it was put there. */
  readonly kept: Map<string, readonly object[]>;
  /** A part of the line that changes files nobody named: a script that a later part runs is not what stands there now. */
  unseen: string | null;
  /** A part of the line fetched something: a program file that is not there may be what it fetched. */
  fetched: boolean;
  /** Keep a tree of parts for the explanation. */
  readonly explain: boolean;
  commands: number;
  nested_text: number;
  /** When the clock says that it has taken too long; null without a clock. */
  readonly deadline: number | null;
  /** Bodies of functions that are being read. */
  readonly readings: Map<object, Reading>;
  /** Which alternative of a variable or default is looked at, and how many there are. */
  choices: Map<string, { index: number; count: number }> | null;
  /** Directories of the line's own `PATH`, null when it was not changed; `unknown` when it was and is not known. */
  path: readonly string[] | "unknown" | null;
}

export function newRun(setting: Setting, facts: FileFacts, explain: boolean): Run {
  const deadline = setting.clock === undefined ? null : setting.clock() + LIMITS.milliseconds;
  const links: Links = { targets: new Map(), folders: new Set() };
  return {
    setting,
    facts: withLinks(facts, links),
    created: new Map(),
    links,
    places: new Map(),
    kept: new Map(),
    unseen: null,
    fetched: false,
    explain,
    commands: 0,
    nested_text: 0,
    deadline,
    choices: null,
    readings: new Map(),
    path: null,
  };
}

/** Thrown when a bound is reached: nothing further is read, and the command is refused as too large. */
export const TOO_LARGE = "GUARD_TOO_LARGE";

/** Counts one step of work against the bounds. Throws CesError `GUARD_TOO_LARGE`. */
export function countStep(run: Run, variables: number): void {
  run.commands += 1;
  const late = run.deadline !== null && (run.commands & 15) === 0 && (run.setting.clock?.() ?? 0) > run.deadline;
  if (run.commands > LIMITS.commands || variables > LIMITS.variables || late)
    throw new CesError(TOO_LARGE, "more commands than are read");
}

/** Links that a command makes: where each leads to, and the folders above them. */
export interface Links {
  readonly targets: Map<string, string>;
  readonly folders: Set<string>;
}

/** The command makes a link; what words named before may now be something else. */
export function addLink({ links, places }: Run, path: string, target: string): void {
  links.targets.set(path, target);
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) links.folders.add(path.slice(0, at));
  places.clear();
}

// SECURITY: `ln -s ~/.ssh/authorized_keys k; echo x >> k`: what a link made in the line leads to is what a later part touches.
function withLinks(facts: FileFacts, { targets, folders }: Links): FileFacts {
  return {
    lstat: (path) => {
      const target = targets.get(path);
      if (target !== undefined) return { kind: "link", target, dev: 0, ino: 0, size: target.length, mode: 0o777 };
      const fact = facts.lstat(path);
      // A folder that the command makes to put a link in.
      return fact === undefined && folders.has(path) ? { kind: "dir", dev: 0, ino: 0, size: 0, mode: 0o755 } : fact;
    },
    list: facts.list,
    read: facts.read,
  };
}

/** Adds one effect. `what` is cut and made printable when it is shown. */
export function add(into: Collector, kind: EffectKind, what: string, detail: Omit<Effect, "kind" | "what"> = {}): void {
  into.effects.push({ kind, what, ...detail });
}

/** Takes over everything of `from`. */
export function absorb(into: Collector, from: Found): void {
  if (from.effects.length > 0) into.effects.push(...from.effects);
  if (from.edits.length > 0) into.edits.push(...from.edits);
  if (from.rescues.length > 0) into.rescues.push(...from.rescues);
  if (from.parts.length > 0) into.parts.push(...from.parts);
}
