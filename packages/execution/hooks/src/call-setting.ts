// The facts of one call, gathered for the judge: where it would run, what is the guard's own, how strictly it is judged.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Advisories, AllowRule, Setting } from "@ces/guard";
import type { JudgedCall } from "./hook-call.ts";
import { findWorkspaces } from "./find-workspace.ts";
import type { GuardConfig } from "./guard-config.ts";
import type { GuardPlaces } from "./guard-places.ts";
import { quoteWord } from "./read-call-fields.ts";

/** The environment as far as it matters to a shell's words. */
export type HookEnvironment = Readonly<Record<string, string | undefined>>;

/** What is the same for every call of an installation. */
export interface Installation {
  readonly places: GuardPlaces;
  /** Absolute path of the `ces` program; null when it is not known, then `ces` from `PATH` is named. */
  readonly ces: string | null;
  /** Folders that hold the guard's program. */
  readonly programs: readonly string[];
  readonly advisories: () => Advisories | null;
  readonly allowRules: () => readonly AllowRule[];
}

/** Variables whose value may be known to the judge; none of them is ever a secret. */
const known = [
  "TMPDIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_STATE_HOME",
  "LANG",
  "SHELL",
  "USER",
  "HOME",
];

/** The setting of a call. */
export function callSetting(
  call: JudgedCall,
  env: HookEnvironment,
  given: { readonly installation: Installation; readonly config: GuardConfig },
): Setting {
  const { installation, config } = given;
  const { places, ces, programs } = installation;
  const cwd = resolve("/", call.cwd);
  return {
    cwd,
    home: places.home,
    user: env["USER"] || env["LOGNAME"] || "",
    workspaces: findWorkspaces({ cwd, home: places.home, roots: [...call.roots, ...config.workspaces] }),
    path: (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/")),
    variables: new Map(known.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))),
    mode: config.mode,
    own_names: ["ces"],
    trash_command: `${ces === null ? "ces" : quoteWord(ces)} trash put`,
    own_places: [places.ces_config, places.ces_state, ...programs, ...(ces === null ? [] : [ces])],
    // Read for the commands that need them only.
    get advisories() {
      return installation.advisories();
    },
    allow_rules: installation.allowRules(),
    governed: false,
    now: Date.now(),
    // Not `performance`, which is a module of its own to load.
    clock: () => process.uptime() * 1000,
  };
}

/** The installation that a program file belongs to: `<root>/apps/cli/dist/<file>` has `<root>/bin/ces`. */
export function cesBeside(dist: string): string | null {
  const path = resolve(dist, "../../../bin/ces");
  return existsSync(path) ? path : null;
}
