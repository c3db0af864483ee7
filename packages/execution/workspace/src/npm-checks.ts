// Checks of a package.json: its scripts, read as text. Only a single plain `node` command is taken apart; everything else
// stays behind `npm run`, because a shell would read it and we will not pretend to.
import type { CheckKind, CheckSummaryFormat } from "./check-words.ts";
import type { FoundCheck } from "./check-words.ts";
import { asObject, jsonObject, type CheckSources } from "./check-sources.ts";

const SCRIPTS: readonly (readonly [string, CheckKind])[] = [
  ["test", "test"],
  ["lint", "lint"],
  ["typecheck", "typecheck"],
  ["type-check", "typecheck"],
  ["build", "build"],
];

/** One check per known script. npm's own "no test specified" is none. */
export function npmChecks({ text }: CheckSources): readonly FoundCheck[] {
  const scripts = asObject(jsonObject(text("package.json"))?.["scripts"]);
  if (scripts === undefined) return [];
  return SCRIPTS.flatMap(([name, kind]): FoundCheck[] => {
    const script = scripts[name];
    if (typeof script !== "string" || script.trim() === "" || script.includes("no test specified")) return [];
    const hooked = `pre${name}` in scripts || `post${name}` in scripts;
    const argv = (hooked ? undefined : plainNode(script)) ?? ["npm", "run", "--silent", name];
    return [{ check_id: name, kind, argv, summary_format: kind === "test" ? formatOf(script) : "exit" }];
  });
}

// `node --test test/` is argv; quotes, variables, globs and operators belong to a shell.
function plainNode(script: string): readonly string[] | undefined {
  const words = script.trim().split(/ +/);
  return words[0] === "node" && words.every((word) => /^[A-Za-z0-9_./:=@%+,-]+$/.test(word)) ? words : undefined;
}

function formatOf(script: string): CheckSummaryFormat {
  if (/(^|[\s/])vitest(\s|$)/.test(script)) return "vitest";
  if (/(^|[\s/])(jest|react-scripts test)(\s|$)/.test(script)) return "jest";
  if (/(^|[\s/])_?mocha(\s|$)/.test(script)) return "mocha";
  if (/(^|[\s/])node\s(.*\s)?--test(\s|$)/.test(script)) return "node-test";
  return /(^|[\s/])(tap|tape|ava)(\s|$)/.test(script) ? "tap" : "exit";
}
