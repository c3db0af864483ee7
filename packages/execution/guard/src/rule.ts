// A rule: what an effect means. One file per class in `rules/`; the registry finds them, and each effect has exactly one.
import type { EffectClass, EffectKind } from "./effect-kinds.ts";
import { rules } from "./rules.gen.ts";
import type { Decision } from "./judgement.ts";

/** The meaning of one kind of effect. */
export interface Meaning {
  readonly decision: Decision;
  /** Stable, printed and recorded: `DELETE_FLOOR`. */
  readonly code: string;
  /** Why it is refused or asked; completes "it would …: ". Lower case, no period. */
  readonly why: string;
  /** What to do instead, for every such effect; null where there is nothing better. */
  readonly instead: string | null;
  /** No mode, rule or approval lowers it. */
  readonly floor?: true;
}

/** All rules of one class. */
export interface Rule {
  readonly class: EffectClass;
  readonly effects: Readonly<Partial<Record<EffectKind, Meaning>>>;
}

const meanings = new Map<EffectKind, Meaning & { readonly class: EffectClass }>();
for (const rule of rules)
  for (const [kind, meaning] of Object.entries(rule.effects))
    // SAFETY: the keys of a `Rule.effects` are effect kinds.
    meanings.set(kind as EffectKind, { ...meaning, class: rule.class });

/** What an effect means. A kind without a rule is a refusal: nothing said that it is safe. */
export function meaningOf(kind: EffectKind): Meaning & { readonly class: EffectClass } {
  return (
    meanings.get(kind) ?? {
      class: "unknown",
      decision: "deny",
      code: "RULE_MISSING",
      why: "no rule says what this means",
      instead: null,
      floor: true,
    }
  );
}
