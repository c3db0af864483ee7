// Tests and settings that this very line writes and a runner then picks up by their names: `cat > tests/test_a.py …; pytest`.
import { isKnownStream, literal } from "../arg.ts";
import type { Effect } from "../effect.ts";
import { isWithin } from "../paths/fold-path.ts";
import type { Call, Evaluation } from "../profile.ts";
import { meaningOf } from "../rule.ts";
import { toolPlaces } from "./fetched-folder.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

// What runners find by themselves.
const found =
  /\/(?:test_[^/]*|[^/]*_test|conftest|setup|noxfile|manage|tasks)\.py$|\.(?:test|spec|config|setup)\.[cm]?[jt]sx?$|_(?:spec|test)\.rb$/;
const readable = /\.(?:py|[cm]?[jt]sx?|rb|pl|php|lua|sh)$/;
const MOST_FILES = 20;

/** What is refused in them; their questions are those of any code that a project runs. */
export function writtenTests(
  walk: Walker,
  shell: Shell,
  on: Evaluation,
  call: Pick<Call, "name" | "args">,
): readonly Effect[] {
  const places = toolPlaces(walk, shell, call);
  if (places === null) return [];
  return [...walk.run.created]
    .filter(([path, { content }]) => content !== null && isKnownStream(content) && runsBy(path, places))
    .slice(0, MOST_FILES)
    .flatMap(([path]) => on.programFile(literal(path), null, []).effects)
    .filter(({ kind }) => meaningOf(kind).decision === "deny" && kind !== "delete.code-api");
}

const runsBy = (
  path: string,
  { cwds, named }: { readonly cwds: readonly string[]; readonly named: readonly string[] },
): boolean =>
  named.includes(path) ? readable.test(path) : found.test(path) && cwds.some((cwd) => isWithin(path, cwd));
