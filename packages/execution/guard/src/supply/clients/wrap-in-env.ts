// A variable put before a call, for clients that have no option for it; `env` works behind any other wrapper as well.
import type { Edit } from "../../effect.ts";
import type { Call, Evaluation } from "../../profile.ts";

/** The edit that starts the call with this assignment; none where it stands nowhere in the text, or where nothing is rewritten. */
export function wrapInEnv(
  { word }: Call,
  assignment: string,
  { setting }: Pick<Evaluation, "setting">,
): readonly Edit[] {
  if (word.at === null || setting.governed) return [];
  return [{ at: { start: word.at.start, end: word.at.start }, text: `env ${assignment} `, kind: "install" }];
}
