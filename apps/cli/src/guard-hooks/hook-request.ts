// From a command line to a request: which host, whose configuration, and the programs of this installation.
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  findWorkspaces,
  type GuardPlaces,
  guardPlaces,
  type HookPrograms,
  type HostName,
  hostNames,
  type InstallRequest,
  type Scope,
  scopes,
} from "@ces/hooks";
import { CesError } from "@ces/kernel";
import type { CommandContext, OptionSpec } from "../define-command.ts";
import { snapshotPath } from "./build-snapshot.ts";

/** `--for HOST`. */
export const forOption: OptionSpec = {
  name: "for",
  kind: "choice",
  choices: hostNames,
  value: "HOST",
  summary: `the client: ${hostNames.join(", ")}`,
};

/** `--user`, `--project`, `--managed`. */
export const scopeOptions: readonly OptionSpec[] = [
  { name: "user", kind: "flag", summary: "your own configuration of the client (the default)" },
  { name: "project", kind: "flag", summary: "the configuration of this project, for you alone" },
  {
    name: "managed",
    kind: "flag",
    summary: "the configuration of this machine, which users and repositories cannot switch off",
  },
];

/** The host that `--for` names. Throws CesError USAGE_OPTION. */
export function askedHost(ctx: CommandContext): HostName {
  const host = hostNames.find((name) => name === ctx.text("for"));
  if (host !== undefined) return host;
  throw new CesError("USAGE_OPTION", `\`--for\` is missing: ${hostNames.join(", ")}`, {
    remedy: "ces guard install --for claude",
  });
}

/** The scope of the flags, `user` without one. Throws CesError USAGE_OPTION. */
export function askedScope(ctx: CommandContext): Scope {
  const given = scopes.filter((scope) => ctx.flag(scope));
  if (given.length <= 1) return given[0] ?? "user";
  throw new CesError("USAGE_OPTION", `\`--${given[0]}\` and \`--${given[1]}\` exclude each other`, {
    remedy: "leave one of them out",
  });
}

/** The guard's places of whoever runs this. */
export const ownPlaces = ({ env }: CommandContext): GuardPlaces =>
  guardPlaces({ HOME: env["HOME"], XDG_STATE_HOME: env["XDG_STATE_HOME"], XDG_CONFIG_HOME: env["XDG_CONFIG_HOME"] });

/** A request of that host and scope. Throws CesError GUARD_PROGRAM. */
export function hookRequest(ctx: CommandContext, host: HostName, scope: Scope): InstallRequest {
  const places = ownPlaces(ctx);
  const [project = ctx.cwd] = findWorkspaces({ cwd: ctx.cwd, home: places.home, roots: [] });
  return {
    host,
    scope,
    places: { home: places.home, project, system: "/", env: ctx.env },
    programs: hookPrograms(ctx, scope, places),
  };
}

function hookPrograms({ env }: CommandContext, scope: Scope, places: GuardPlaces): HookPrograms {
  const account = ["HOME", "USER", "XDG_STATE_HOME", "XDG_CONFIG_HOME"].flatMap((name) => {
    const value = env[name];
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  const everybody = scope === "managed";
  return {
    node: process.execPath,
    entry: hookEntry(),
    timeout: systemProgram("timeout"),
    env: systemProgram("env"),
    account: everybody ? null : Object.fromEntries(account),
    compile_cache: everybody ? null : join(places.state, "compiled"),
    snapshot: !everybody && existsSync(snapshotPath(places)) ? snapshotPath(places) : null,
  };
}

/** The bundled hook beside the bundled program, also for who runs from sources. Throws CesError GUARD_PROGRAM. */
export function hookEntry(): string {
  const name = "guard-hook.entry.js";
  const found = [join(import.meta.dirname, name), join(import.meta.dirname, "../../dist", name)].find((path) =>
    existsSync(path),
  );
  if (found !== undefined) return found;
  throw new CesError("GUARD_PROGRAM", "the guard's hook is not built", { remedy: "npx -y pnpm@12 build" });
}

// Not resolved: what a link is called decides what a program of many names does.
function systemProgram(name: string): string {
  const found = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new CesError(
    "GUARD_PROGRAM",
    `\`${name}\` is not on this machine, and without it a hook that hangs would not end`,
    {
      remedy: "install coreutils",
    },
  );
}
