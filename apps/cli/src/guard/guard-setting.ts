// The setting in which a person or a harness asks the guard: this machine's, with the folder, the home and the advisories they name.
import { closeSync, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Advisories, type AllowRule, advisoryList, readOsvLines, type Setting } from "@ces/guard";
import { callSetting, cesBeside, type GuardPlaces, guardPlaces, readAllowRules, readGuardConfig } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";
import { importedAdvisories } from "./imported-advisories.ts";

/** Most bytes of a file given by `--advisories`. */
const MAX_ADVISORIES = 256 * 1024 * 1024;

/** The places of the guard for this account, or for the home that `--home` names. */
export function placesOf(ctx: CommandContext): GuardPlaces {
  const home = ctx.text("home");
  if (home !== undefined) return guardPlaces({ HOME: resolve(ctx.cwd, home) });
  const { HOME, XDG_STATE_HOME, XDG_CONFIG_HOME } = ctx.env;
  return guardPlaces({ HOME, XDG_STATE_HOME, XDG_CONFIG_HOME });
}

/** Settings for commands that start in a folder. Throws CesError `GUARD_FOLDER`, `GUARD_ADVISORIES`, `GUARD_RULES`. */
export function settingFor(ctx: CommandContext, places: GuardPlaces): (cwd: string) => Setting {
  const advisories = advisoriesOf(ctx, places);
  const { config } = readGuardConfig(places.config);
  const rules: readonly AllowRule[] = readAllowRules(places, Date.now());
  const ces = cesBeside(import.meta.dirname);
  const installation = {
    places,
    ces: null,
    programs: [import.meta.dirname],
    advisories: () => advisories,
    allowRules: () => rules,
  };
  const known = new Map<string, Setting>();
  return (cwd) => {
    const one = known.get(cwd) ?? make(cwd);
    known.set(cwd, one);
    return one;
  };

  function make(cwd: string): Setting {
    if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new CesError("GUARD_FOLDER", `\`${cwd}\` is no folder`, { remedy: "name a folder: --cwd DIR" });
    const call = { kind: "shell", command: "", cwd, roots: [], session: "", id: "", tool: "shell", input: {} } as const;
    const setting = callSetting(call, ctx.env, { installation, config });
    // `agent-guard` stands for this very command in vectors and guides.
    const own_places = ces === null ? setting.own_places : [...setting.own_places, ces];
    return { ...setting, advisories, own_places, own_names: ["ces", "agent-guard"] };
  }
}

/** The folder that `--cwd` names, or where the person stands. */
export const folderOf = (ctx: CommandContext): string => resolve(ctx.cwd, ctx.text("cwd") ?? ".");

function advisoriesOf(ctx: CommandContext, places: GuardPlaces): Advisories | null {
  const file = ctx.text("advisories");
  if (file === undefined) return importedAdvisories(places);
  const path = resolve(ctx.cwd, file);
  return advisoryList(readOsvLines(readCapped(path)));
}

function readCapped(path: string): string {
  try {
    const fd = openSync(path, "r");
    try {
      if (fstatSync(fd).size > MAX_ADVISORIES) throw new Error("it is too large");
      return readFileSync(fd, "utf8");
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new CesError("GUARD_ADVISORIES", `the advisories in \`${path}\` cannot be read`, {
      remedy: "give a file with one OSV record, as JSON, on each line",
      cause: error,
    });
  }
}
