// One judgement while it is being made: the setting, the facts, what was collected, and the bounds it must keep.
import type { Stream } from "../arg.ts";
import type { Edit, Effect, Part, Rescue } from "../effect.ts";
import type { EffectKind } from "../effect-kinds.ts";
import type { FileFacts } from "../file-facts.ts";
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
}

/** Bounds of §2.5: commands evaluated, characters of nested text read, depth of wrapping. */
export const LIMITS = { commands: 3000, nested_text: 512 * 1024, depth: 16, files: 3, script_bytes: 256 * 1024, choices: 64 } as const;

export interface Run {
  readonly setting: Setting;
  readonly facts: FileFacts;
  readonly created: Map<string, Created>;
  /** Keep a tree of parts for the explanation. */
  readonly explain: boolean;
  commands: number;
  nested_text: number;
  /** Which alternative of a variable or default is looked at, and how many there are. */
  choices: Map<string, { index: number; count: number }> | null;
  /** Directories of the line's own `PATH`, null when it was not changed; `unknown` when it was and is not known. */
  path: readonly string[] | "unknown" | null;
}

export function newRun(setting: Setting, facts: FileFacts, explain: boolean): Run {
  return { setting, facts, created: new Map(), explain, commands: 0, nested_text: 0, choices: null, path: null };
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
