// What the hook of the CLI is put together from; the bundled entry has the same parts.
import { dirname } from "node:path";
import { judgeCommand } from "@ces/guard";
import { cesBeside, type GuardParts, type HookProcess, readAllowRules } from "@ces/hooks";
import type { CommandContext } from "../define-command.ts";
import { importedAdvisories } from "../guard/imported-advisories.ts";
import { hookEntry, ownPlaces } from "./hook-request.ts";

/** The parts. */
export const hookParts = (ctx: CommandContext): GuardParts => ({
  judge: judgeCommand,
  rescue: () => ({ kind: "failed", why: "nothing here keeps copies" }),
  rescuesOfOriginal: () => null,
  advisories: () => importedAdvisories(ownPlaces(ctx)),
  allowRules: () => readAllowRules(ownPlaces(ctx), Date.now()),
});

/** The process around it. */
export function hookProcess({ env }: CommandContext): HookProcess {
  const dist = dirname(hookEntry());
  return { env, stdin: process.stdin, ces: cesBeside(dist), programs: [dist] };
}
