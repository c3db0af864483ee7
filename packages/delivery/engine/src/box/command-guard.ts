// The command guard inside a governed run: it judges what the client says it will run, over the worktree as it stands, in the terms of the box.
// SECURITY: S16 — its answer is advice to a hostile agent; the walls hold. It keeps an honest agent from an honest mistake, and says why.
import { type FileFacts, judgeCommand, type Judgement, type Mode, type Setting } from "@ces/guard";
import type { Guard } from "@ces/policy";
import type { Reason, ToolCall, Verdict } from "@ces/records";
import { INSIDE } from "@ces/sandbox";
import { liveFacts } from "@ces/workspace";

/** A guard over one run's tree. */
export interface CommandGuard extends Guard {
  /** True when the call, if it is let go, deletes or replaces something: the tree is kept first. */
  destroys(call: ToolCall): boolean;
}

/** What a box's PATH holds besides the toolchain, and where it stands. */
export interface GuardedBox {
  /** The worktree on the host. */
  readonly tree: string;
  /** Directories of PATH inside. */
  readonly path: readonly string[];
  readonly now: () => number;
  readonly mode: Mode;
}

/** The guard of one run. Judgements of the last call are kept, so that asking twice judges once. */
export function commandGuard(box: GuardedBox): CommandGuard {
  const facts = factsInside(box.tree);
  let last: { readonly command: string; readonly judgement: Judgement } | null = null;
  const judgementOf = (command: string): Judgement => {
    if (last?.command !== command) last = { command, judgement: judgeCommand(command, settingOf(box), facts) };
    return last.judgement;
  };
  return {
    name: "command",
    judge: (call) =>
      call.kind === "command" && call.command !== null ? verdictOf(judgementOf(call.command), box.mode) : passed,
    destroys: (call) => {
      if (call.kind !== "command" || call.command === null) return false;
      const judgement = judgementOf(call.command);
      return (
        judgement.rescues.length > 0 ||
        judgement.reasons.some(({ kind }) => kind.startsWith("delete.") || kind === "git.discard")
      );
    },
  };
}

const passed: Verdict = { kind: "allow", reasons: [{ code: "NO_COMMAND", text: "the call runs no command" }] };

function verdictOf({ decision, reasons }: Judgement, mode: Mode): Verdict {
  const stops = decision !== "allow";
  const kind = mode === "observe" ? "allow" : decision === "rewrite" ? "deny" : decision;
  const prefix = mode === "observe" && stops ? "only observed: " : "";
  const told = reasons.map(({ code, text }): Reason => ({
    code,
    text: (prefix + text).slice(0, 2000),
    held_by: "gate",
  }));
  return {
    kind,
    reasons:
      told.length === 0 ? [{ code: "KNOWN_SAFE", text: "every part is known to be safe", held_by: "gate" }] : told,
  };
}

function settingOf({ path, now, mode }: GuardedBox): Setting {
  return {
    cwd: INSIDE.workspace,
    home: INSIDE.home,
    user: "agent",
    workspaces: [INSIDE.workspace],
    path,
    variables: new Map([["TMPDIR", "/tmp"]]),
    mode,
    own_names: ["ces"],
    trash_command: "ces trash put",
    own_places: [INSIDE.gate, "/run/ces", "/opt/ces"],
    advisories: null,
    allow_rules: [],
    governed: true,
    now: now(),
  };
}

/** Paths of the box as facts of the worktree; whatever else stands in the box is the system's and needs no look. */
function factsInside(tree: string): FileFacts {
  const live = liveFacts(tree);
  const inside = (path: string): string | null =>
    path === INSIDE.workspace
      ? ""
      : path.startsWith(`${INSIDE.workspace}/`)
        ? path.slice(INSIDE.workspace.length + 1)
        : null;
  const within = <Of>(path: string, look: (relative: string) => Of | undefined): Of | undefined => {
    const relative = inside(path);
    return relative === null ? undefined : look(relative);
  };
  return {
    lstat: (path) => within(path, live.lstat),
    list: (path, most) => within(path, (relative) => live.list(relative, most)),
    read: (path, maxBytes) => within(path, (relative) => live.read(relative, maxBytes)),
  };
}
