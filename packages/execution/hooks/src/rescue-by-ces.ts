// Copying aside before a command runs, by `ces trash keep` as a process of its own: few calls need it, and those that do not
// load nothing of it. Whatever does not end well, or not in time, is no copy.
import type { Rescue } from "@ces/guard";
import { printable } from "@ces/kernel";
import { callIds } from "./call-ids.ts";
import type { JudgedCall } from "./hook-call.ts";
import type { Rescued } from "./settle-verdict.ts";

/** How `ces` is started, and what it may know of the environment. */
export interface CesProgram {
  readonly node: string;
  /** `main.js` beside the hook. */
  readonly main: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const passed = ["PATH", "HOME", "USER", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"];

/** Keeps everything or says why not. */
export function rescueByCes(
  ces: CesProgram,
): (rescues: readonly Rescue[], call: JudgedCall, milliseconds: number) => Rescued {
  return (rescues, call, milliseconds) => {
    const end = Date.now() + milliseconds;
    for (const words of keepWords(rescues)) {
      const kept = keep(ces, words, { call, milliseconds: end - Date.now() });
      if (kept.kind === "failed") return kept;
    }
    return { kind: "kept" };
  };
}

/** The command lines after `ces`: one for all paths, one for each work tree and what git would lose of it. */
export function keepWords(rescues: readonly Rescue[]): readonly (readonly string[])[] {
  const paths = [...new Set(rescues.flatMap((one) => (one.kind === "path" ? [one.path] : [])))];
  const trees = rescues.flatMap((one) =>
    one.kind === "worktree"
      ? [["trash", "keep", "--worktree", one.ignored ? "ignored" : "untracked", "--", one.dir]]
      : [],
  );
  return [...(paths.length === 0 ? [] : [["trash", "keep", "--", ...paths]]), ...trees];
}

interface Keeping {
  readonly call: JudgedCall;
  readonly milliseconds: number;
}

function keep({ node, main, env }: CesProgram, words: readonly string[], { call, milliseconds }: Keeping): Rescued {
  if (milliseconds <= 0) return { kind: "failed", why: "there was no time left for it" };
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const named = Object.fromEntries(passed.flatMap((name) => (env[name] ? [[name, env[name]] as const] : [])));
  const { status, error, stderr } = spawnSync(node, [main, ...words], {
    cwd: call.cwd,
    env: { ...named, ...callIds(call) },
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: milliseconds,
    killSignal: "SIGKILL",
  });
  if (status === 0) return { kind: "kept" };
  if (error !== undefined && "code" in error && error.code === "ETIMEDOUT")
    return { kind: "failed", why: "it took too long" };
  const [first = ""] = (stderr ?? "").split("\n");
  return { kind: "failed", why: printable(first || error?.message || `ended with ${status}`, { max: 200 }) };
}
