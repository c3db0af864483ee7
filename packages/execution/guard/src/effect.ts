// What a command would do, as data. A profile says which effects a call has; the rules say what each means; nothing else decides.
import type { CalledProgram } from "./allowed-by.ts";
import type { EffectKind } from "./effect-kinds.ts";

/** Places in a source text: UTF-16 offsets, half open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One effect of one part of a command. */
export interface Effect {
  readonly kind: EffectKind;
  /** Completes "it would …": lower case, no period, printable, capped. Names what the command names. */
  readonly what: string;
  /** A safer way for this very call, if there is a better one than the rule's: a command or a sentence. */
  readonly instead?: string;
  /** The call it came from, for rules that a person added; set by the evaluation. */
  readonly call?: CalledProgram;
  /** A delete or an install that no edit makes safe here: nested or computed text. */
  readonly unrewritten?: true;
  /** Set when no mode, rule or approval may lower the decision, although the rule itself is no floor. */
  readonly floor?: true;
}

/** A change of the text that makes the command safe: the slice is replaced, every other byte stays. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
  readonly kind: "trash" | "install";
}

/** What must be copied aside before the command runs, so that it can be undone. */
export type Rescue =
  /** `deleted`: the command deletes it; only needed where the delete is not rewritten to go to the trash. */
  | { readonly kind: "path"; readonly path: string; readonly deleted?: true }
  /** Every change in a git working tree below `dir`; `ignored` when ignored files go as well. */
  | { readonly kind: "worktree"; readonly dir: string; readonly ignored: boolean };

/** One line of the explanation: what was understood, one level down each time a wrapper or a script is opened. */
export interface Part {
  readonly text: string;
  readonly as: string;
  readonly effects: readonly Effect[];
  readonly parts: readonly Part[];
}
