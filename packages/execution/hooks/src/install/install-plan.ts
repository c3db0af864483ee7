// What an installation would change, as data: which file, its text before and after, and what it leaves unsaid.
import type { HostName } from "../hook-call.ts";
import type { HookPrograms } from "./hook-command.ts";

/** Whose configuration: the account's, this project's (for this account), or the machine's. */
export const scopes = ["user", "project", "managed"] as const;
export type Scope = (typeof scopes)[number];

/** Where hosts keep their files. Absolute paths. */
export interface HostPlaces {
  readonly home: string;
  readonly project: string;
  /** `/` but for tests. */
  readonly system: string;
  /** Variables that move a host's folder: CLAUDE_CONFIG_DIR, CODEX_HOME, COPILOT_HOME, XDG_CONFIG_HOME. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is asked for. */
export interface InstallRequest {
  readonly host: HostName;
  readonly scope: Scope;
  readonly places: HostPlaces;
  readonly programs: HookPrograms;
}

/**
 * One file of a host. Both edits take the text as it is, null for none; `planned` holds what the files before it will say.
 * `remove` answers null when nothing of ours is there.
 */
export interface HostFile {
  readonly path: string;
  readonly purpose: string;
  readonly edit: (text: string | null, planned: ReadonlyMap<string, string>) => string;
  readonly remove: (text: string) => string | null;
  /** The whole file is ours: taken out, it is gone, and `remove` is not asked. */
  readonly whole: boolean;
}

/** What a host needs: files in the order they are written, and what the user must know. */
export interface HostInstall {
  readonly files: readonly HostFile[];
  readonly notes: readonly string[];
}

/** One host's way of being installed. Throws CesError `GUARD_SCOPE` for a scope it does not have. */
export type InstallHost = (request: InstallRequest) => HostInstall;
