// What the hook is put together from, bundled or not: the judge, copies, imported advisories, rules that a person added.
// It stands before every tool call: nothing heavy is imported here.
import { join } from "node:path";
import { judgeCommand, rescuesOfOriginal } from "@ces/guard";
import { type GuardParts, guardPlaces, readAllowRules, rescueByCes } from "@ces/hooks";
import { openImported } from "../guard-deps/advisory-index.ts";
import type { Environment } from "../secrets.ts";

/** The parts for this account; `dist` holds the bundled program. */
export const hookParts = (env: Environment, dist: string): GuardParts => ({
  judge: judgeCommand,
  rescue: rescueByCes({ node: process.execPath, main: join(dist, "main.js"), env }),
  rescuesOfOriginal,
  advisories: () => openImported(guardPlaces(env)),
  allowRules: () => readAllowRules(guardPlaces(env), Date.now()),
});
