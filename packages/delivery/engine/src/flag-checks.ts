// Checks that a person added on the command line: plain words, no shell; quotes group words.
import { CesError } from "@ces/kernel";
import type { CheckSpec } from "@ces/records";

const TIMEOUT_SECONDS = 600;

/** One check for each command line. Throws CHECK_INVALID for an empty line or an open quote. */
export function checksFromFlags(lines: readonly string[], closure: CheckSpec["closure"]): readonly CheckSpec[] {
  return lines.map((line, at) => ({
    check_id: `flag-${at + 1}`,
    kind: "custom",
    argv: words(line),
    cwd: ".",
    origin: "flag",
    summary_format: "exit",
    timeout_seconds: TIMEOUT_SECONDS,
    closure: [...closure],
  }));
}

function words(line: string): string[] {
  const quoted = /"([^"]*)"|'([^']*)'/g;
  const found = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const open = /["']/.test(line.replaceAll(quoted, ""));
  if (found.length === 0 || open)
    throw new CesError("CHECK_INVALID", `\`${line}\` is not a command line`, { remedy: '--check "npm run lint"' });
  return found.map((word) =>
    word.replaceAll(quoted, (_all, double?: string, single?: string) => double ?? single ?? ""),
  );
}
