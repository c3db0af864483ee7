// The real hook with a judge of three words, so that the hosts' side is tested whatever the guard knows by now.
import type { Decision, Judgement } from "../../../../packages/execution/guard/src/judgement.ts";
import { runGuardHook } from "../../../../packages/execution/hooks/src/guard-hook.ts";

const grounds = (decision: Decision): Judgement["reasons"] =>
  decision === "allow"
    ? []
    : [
        {
          code: "STUB",
          class: "delete",
          kind: "delete.trash",
          decision,
          text: `it would ${decision}`,
          instead: null,
          floor: false,
        },
      ];

function judge(command: string): Judgement {
  const decision = /DENY/.test(command)
    ? "deny"
    : /ASK/.test(command)
      ? "ask"
      : /REWRITE/.test(command)
        ? "rewrite"
        : "allow";
  const rewrite = decision === "rewrite" ? { kind: "trash" as const, text: "touch rewritten" } : null;
  return { decision, reasons: grounds(decision), rewrite, rescues: [], parts: [] };
}

const { stdout, stderr, exit } = await runGuardHook(
  process.argv[2] ?? "",
  { env: process.env, stdin: process.stdin, programs: [] },
  {
    judge,
    rescue: () => ({ kind: "kept" }),
    // As if everything that the unchanged command would lose had been copied aside.
    rescuesOfOriginal: (command) => (/KEPT/.test(command) ? [{ kind: "path", path: "/x" }] : null),
    advisories: () => null,
    allowRules: () => [],
  },
);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exit;
