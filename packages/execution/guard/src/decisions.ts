// The order of decisions, and joining them: the strictest part of a command decides.
import type { Decision } from "./judgement.ts";

const order: Readonly<Record<Decision, number>> = { allow: 0, rewrite: 1, ask: 2, deny: 3 };

/** True when `a` is at least as strict as `b`. */
export const atLeast = (a: Decision, b: Decision): boolean => order[a] >= order[b];

/** The strictest; `allow` for none. */
export const strictestDecision = (all: readonly Decision[]): Decision =>
  all.reduce((a, b) => (order[b] > order[a] ? b : a), "allow");
