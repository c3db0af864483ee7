// All stories, in one list.
import { lifeStories } from "./life-stories.ts";
import { networkStories } from "./network-stories.ts";
import { programStories } from "./program-stories.ts";
import type { Scenario } from "./scenario.ts";
import { scopeStories } from "./scope-stories.ts";

export const stories: readonly Scenario[] = [...scopeStories, ...programStories, ...lifeStories, ...networkStories];

/** The name of a test about it. */
export function titleOf({ about, name }: Scenario): string {
  return `${about.join(", ")}: ${name}`;
}
