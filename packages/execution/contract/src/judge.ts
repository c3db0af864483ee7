// The guard's knowledge as a judge of argvs. It stands apart from the package's index, because a verifier of receipts needs none of it.

import { judgeCommand, noFacts, type Setting } from "@ces/guard";
import type { Argv } from "./command-contract.ts";
import { flavourOf } from "./paths/normal-path.ts";
import type { JudgeArgvs } from "./ports-of-decision.ts";

/**
 * Asks the guard about the argvs as one pipeline, with nothing known of the disk; what it denies is refused with its words. What it would
 * only ask about is the policy's business: the policy has listed the program.
 */
export const guardJudge: JudgeArgvs = (argvs, { cwd, roots, now }) => {
  const line = argvs.map((argv) => argv.map(quoted).join(" ")).join(" | ");
  const posix = roots.filter((root) => flavourOf(root) === "posix" && root.startsWith("/"));
  const judgement = judgeCommand(line, settingAt(cwd, posix, now), noFacts);
  if (judgement.decision !== "deny") return null;
  const [ground] = judgement.reasons;
  return ground === undefined ? "the guard denies it" : `${ground.text} (${ground.code})`;
};

function settingAt(cwd: string, roots: readonly string[], now: number): Setting {
  const place = roots.includes(cwd) ? cwd : (roots[0] ?? "/");
  return {
    cwd: place,
    home: "/nonexistent",
    user: "",
    workspaces: roots.length === 0 ? [place] : roots,
    path: ["/usr/local/bin", "/usr/bin", "/bin"],
    variables: new Map(),
    mode: "standard",
    own_names: ["ces", "csc"],
    trash_command: "ces trash put",
    own_places: [],
    advisories: null,
    allow_rules: [],
    // Nothing is rewritten: an argv runs as it was judged or not at all.
    governed: true,
    now,
  };
}

// Single quotes keep everything but themselves; SECURITY: no word of an argv may become syntax.
function quoted(word: Argv[number]): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
