// Findings on packages that a manifest brings along: refusals are said one by one, questions together.
import type { Effect } from "../../effect.ts";
import type { RequirementJudgement } from "./judge-requirement.ts";

const MOST = 8;

/** The effects of all of them, questions about new packages folded into one. */
export function manyNames(all: readonly RequirementJudgement[]): readonly Effect[] {
  const effects = all.flatMap((one) => one.effects);
  const fresh = effects.filter(({ kind }) => kind === "supply-chain.new-package");
  const rest = effects.filter(({ kind }) => kind !== "supply-chain.new-package").slice(0, MOST);
  const [first] = fresh;
  if (first === undefined) return rest;
  const more = fresh.length === 1 ? "" : ` (and ${fresh.length - 1} more of the manifest)`;
  return [...rest, { ...first, what: `${first.what}${more}` }];
}
