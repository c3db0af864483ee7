// The change that copies a file to the trash before a command empties or replaces it: one line in front of everything.
import type { Edit } from "./effect.ts";
import { quoteWord } from "./rewrite.ts";
import type { Setting } from "./setting.ts";

/**
 * The edit that keeps copies of `paths` (absolute) before the command runs; the command does not run when they cannot be kept.
 * Only where the command stands in the top-level text (`call.at` is not null), and never in a governed run.
 */
export function keepEdit(paths: readonly string[], setting: Setting): readonly Edit[] {
  if (setting.governed || paths.length === 0) return [];
  const keep = setting.trash_command.replace(/\bput$/, "keep");
  return [{ at: { start: 0, end: 0 }, text: `${keep} -- ${paths.map(quoteWord).join(" ")} || exit; `, kind: "trash" }];
}
