// The command line that stands in a host's configuration. SECURITY: the host starts it with an environment that a repository
// may have had a hand in (Claude Code applies `env` of a project's settings, measured), so only named variables reach the
// guard, and where its files are is written here. Whatever fails becomes exit 2 with a message: everything else lets the
// command run in one host or another, a silent exit 2 too (Codex, measured).
import { CesError } from "@ces/kernel";
import type { HostName } from "../hook-call.ts";
import { START_FLAGS } from "./hook-snapshot.ts";

/** Absolute paths of what the line starts, and the account it was made for. */
export interface HookPrograms {
  readonly node: string;
  /** The bundled `guard-hook.entry.js`. */
  readonly entry: string;
  /** `timeout` and `env` of the system. */
  readonly timeout: string;
  readonly env: string;
  /** Variables as they were at installation: HOME, USER, XDG_STATE_HOME, XDG_CONFIG_HOME. Null for whoever runs the host. */
  readonly account: Readonly<Record<string, string>> | null;
  /** Where node keeps what it compiled; null for nowhere. Not used with a snapshot. */
  readonly compile_cache: string | null;
  /** The hook's snapshot, made of `entry` by `node`; null to start from the file. */
  readonly snapshot: string | null;
}

/** What each line of ours has in it, and nobody else's. */
export const MARK = "guard-hook.entry";
/** Seconds the guard has; hosts are told to wait longer. */
export const GUARD_SECONDS = 5;
export const HOST_SECONDS = 10;

const failed = `/bin/sh -c 'echo "ces guard: the guard could not be asked, so nothing runs (see: ces guard doctor)" >&2; exit 2' || exit 2`;

/** The line, for any shell a host may use. Throws CesError `GUARD_PATH` for a path that cannot be quoted in all of them. */
export function hookCommand(host: HostName, programs: HookPrograms): string {
  const { timeout, env, account, compile_cache, snapshot } = programs;
  const variables = [
    'PATH="$PATH"',
    'TMPDIR="$TMPDIR"',
    ...(account === null ? inherited : Object.entries(account).map(([name, value]) => `${name}=${quoted(value)}`)),
    ...(compile_cache === null || snapshot !== null ? [] : [`NODE_COMPILE_CACHE=${quoted(compile_cache)}`]),
  ];
  const words = [
    quoted(timeout),
    "-k",
    "1",
    `${GUARD_SECONDS}`,
    quoted(env),
    "-i",
    ...variables,
    ...startWords(programs).map(quoted),
    host,
  ];
  return `${words.join(" ")} || ${failed}`;
}

/** Node, its flags and the hook, as words; the host's name follows. */
export const startWords = ({ node, entry, snapshot }: HookPrograms): readonly string[] =>
  snapshot === null ? [node, entry] : [node, ...START_FLAGS, "--snapshot-blob", snapshot, entry];

const inherited = ["HOME", "USER", "XDG_STATE_HOME", "XDG_CONFIG_HOME"].map((name) => `${name}="$${name}"`);

// Single quotes mean the same in sh, bash, zsh and fish as long as no quote and no backslash stands inside.
function quoted(text: string): string {
  if (/^[A-Za-z0-9_./:@%+,=-]+$/.test(text)) return text;
  if (/['\\\p{C}]/u.test(text))
    throw new CesError("GUARD_PATH", `\`${text}\` cannot be written into a host's configuration`, {
      remedy: "install CES at a path without quotes, backslashes and control characters",
    });
  return `'${text}'`;
}
