// The guard's answer to one command.
import type { Edit, Part, Rescue } from "./effect.ts";
import type { EffectClass, EffectKind } from "./effect-kinds.ts";

/** Ordered: the strictest part of a command decides. `rewrite`: allowed in the form of `Judgement.rewrite`. */
export type Decision = "allow" | "rewrite" | "ask" | "deny";

/** Why, in one sentence that says what would happen, why it is refused, and what to do instead. */
export interface Ground {
  /** Stable: `DELETE_FLOOR`. */
  readonly code: string;
  readonly class: EffectClass;
  readonly kind: EffectKind;
  readonly decision: Decision;
  readonly text: string;
  /** A safer way: a command or a sentence; null where there is none. */
  readonly instead: string | null;
  /** No mode, rule or approval lowers it. */
  readonly floor: boolean;
}

/** The command as it may run. */
export interface Rewrite {
  readonly kind: Edit["kind"];
  readonly text: string;
}

export interface Judgement {
  readonly decision: Decision;
  /** Grounds of that decision, each once; for `allow` there may be notes. */
  readonly reasons: readonly Ground[];
  /** Set for `rewrite`, and for `ask` when part of the command needs it as well. */
  readonly rewrite: Rewrite | null;
  /** What the host copies aside before the command runs. */
  readonly rescues: readonly Rescue[];
  /** What was understood, as a tree. */
  readonly parts: readonly Part[];
}
