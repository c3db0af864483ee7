// Whether there is advisory data on an ecosystem, and whether it is fresh enough to be believed.
import type { Advisories, Ecosystem } from "../advisories.ts";

const DAY = 86_400_000;
/** Data older than this is a finding of its own (guard §2.13). */
export const FRESH_DAYS = 7;

/** Null when the data is fresh, else what is wrong with it: completes "…, and ". */
export function dataFault(advisories: Advisories | null, ecosystem: Ecosystem, now: number): string | null {
  if (advisories === null || !advisories.covers(ecosystem)) return `no advisory data on ${ecosystem} was imported`;
  const days = Math.floor((now - advisories.as_of) / DAY);
  return days >= FRESH_DAYS ? `the advisory data on ${ecosystem} is ${days} days old` : null;
}
