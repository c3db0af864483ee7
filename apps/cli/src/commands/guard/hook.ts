// `ces guard hook --for HOST`: one call of a host, answered. Hosts are given the bundled entry, which is quicker; this is for
// whoever tries it by hand. Exit codes are the hosts': 0 with an answer, 2 for a refusal without one.
import { dirname } from "node:path";
import { runGuardHook } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { defineCommand } from "../../define-command.ts";
import { hookParts, programsOf } from "../../guard-hooks/hook-parts.ts";
import { askedHost, forOption, hookEntry } from "../../guard-hooks/hook-request.ts";

export const command = defineCommand({
  summary: "answer one tool call that a coding agent's hook writes to standard input",
  group: "Execution",
  args: [],
  options: [forOption],
  examples: [{ line: "ces guard hook --for claude", note: "reads a PreToolUse event, prints the decision" }],
  exits: [0, 2],
  run: async (ctx) => {
    const dist = dirname(hookEntry());
    const around = { env: ctx.env, stdin: process.stdin, programs: programsOf(dist) };
    const { stdout, stderr, exit } = await runGuardHook(askedHost(ctx), around, hookParts(ctx.env, dist));
    if (exit === 2) throw new CesError("HOOK_BLOCKED", stderr.trim(), {});
    return { exit: 0 as const, data: null, blockers: [], next: null, document: stdout };
  },
  view: () => [],
});
