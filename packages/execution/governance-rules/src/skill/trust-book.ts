// How far each agent is trusted, as a number that rules may ask about. Thousandths, because 1 − 0.3 is not 0.7 in floating point and a
// receipt needs one text for one score. Source: spec/acta.md §2.3, §7.1.

import { CesError } from "@ces/kernel";

/** The rule by which scores change, as receipts name it: they begin at 1000, change only when someone says so, and stay within 0 and 1000. */
export const TRUST_POLICY = "ces.trust/v1";

/** A score nobody has changed. */
export const FULL_TRUST = 1000;

const MAX_AGENTS = 100_000;

/** Scores by agent. */
export type TrustBook = {
  /** 0–1; 1 for an agent nobody has judged. */
  readonly get: (agent: string) => number;
  /** 0–1000. */
  readonly thousandths: (agent: string) => number;
  /** Adds `delta` (of 1) and returns the new score within 0 and 1. Throws CesError `TRUST_DELTA` for no number. */
  readonly adjust: (agent: string, delta: number) => number;
  /** Every score that was changed, by agent. */
  readonly entries: () => readonly (readonly [agent: string, thousandths: number])[];
};

/** A book that begins with some scores (thousandths; others are dropped). */
export function trustBook(known: Iterable<readonly [string, number]> = []): TrustBook {
  const scores = new Map<string, number>();
  for (const [agent, score] of known) scores.set(agent, clamp(Number.isFinite(score) ? score : 0));
  const thousandths = (agent: string): number => scores.get(agent) ?? FULL_TRUST;
  return {
    get: (agent) => thousandths(agent) / FULL_TRUST,
    thousandths,
    adjust: (agent, delta) => {
      if (!Number.isFinite(delta))
        throw new CesError("TRUST_DELTA", "a change of trust is a number", {
          remedy: "give a number between -1 and 1",
        });
      if (!scores.has(agent) && scores.size >= MAX_AGENTS)
        throw new CesError("TRUST_FULL", `trust is kept for ${MAX_AGENTS} agents`, { remedy: "begin a new book" });
      const score = clamp(thousandths(agent) + delta * FULL_TRUST);
      scores.set(agent, score);
      return score / FULL_TRUST;
    },
    entries: () => [...scores],
  };
}

function clamp(score: number): number {
  return Math.min(FULL_TRUST, Math.max(0, Math.round(score)));
}
