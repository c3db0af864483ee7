// What the hook is put together from, bundled or not: the judge, copies, imported advisories, rules that a person added.
// It stands before every tool call: nothing heavy is imported here.
import { join } from "node:path";
import { judgeCommand, rescuesOfOriginal } from "@ces/guard";
import { cesBeside, type GuardParts, guardPlaces, readAllowRules, rescueByCes } from "@ces/hooks";
import { openImported } from "../guard-deps/advisory-index.ts";
import type { Environment } from "../secrets.ts";

/** What belongs to the guard's program besides its state: the bundle's folder, and `bin/ces`. */
export function programsOf(dist: string): readonly string[] {
  const ces = cesBeside(dist);
  return ces === null ? [dist] : [dist, ces];
}

/** The parts for this account; `dist` holds the bundled program. */
export const hookParts = (env: Environment, dist: string): GuardParts => ({
  judge: judgeCommand,
  rescue: rescueByCes({ node: process.execPath, main: join(dist, "main.js"), env }),
  rescuesOfOriginal,
  advisories: () => openImported(guardPlaces(env)),
  allowRules: () => readAllowRules(guardPlaces(env), Date.now()),
});
