// How Python starts programs.
import { HOLE } from "../../arg.ts";
import { argument, option, pathOf, reporting, reportShell, reportSpawn, wordsFrom, wordsIn } from "../walk/acts.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, textOf, type Value } from "../walk/value.ts";

/** Signals: as the command that sends one. */
export const kills: Act = reporting((site) => site.walk.report({ kind: "spawn", argv: ["kill", "-TERM", HOLE] }));

/** `subprocess.run` and its kin. */
export const subprocess: Act = reporting((site) => {
  const command = argument(site, 0, "args");
  if (!site.called || site.args.some(({ spread }) => spread)) return reportSpawn(site, null);
  const words = wordsIn(command) ?? (knownText(command) === null ? null : [command ?? data]);
  const shell = option(site, "shell");
  const isShell = shell !== undefined && !(shell.kind === "ref" && shell.path === "False");
  const program = option(site, "executable");
  const around = surroundings(site);
  const fed = feeding(site);
  if (isShell && program === undefined && around.length === 0)
    return fed === null ? reportShell(site, words?.[0]) : reportFedShell(site, words?.[0], fed);
  const argv = isShell ? words && [textOf("sh"), textOf("-c"), ...words] : words;
  const all = argv && [...around, program ?? argv[0] ?? data, ...argv.slice(1)];
  if (fed === null) reportSpawn(site, all);
  else reportFedSpawn(site, all, fed);
});

// What the program gets on standard input from this code; null when nothing.
function feeding(site: Site): Value | null {
  const input = option(site, "input");
  if (input !== undefined) return input;
  const stdin = option(site, "stdin");
  const isPlain = stdin === undefined || (stdin.kind === "ref" && /(?:DEVNULL|None)$/.test(stdin.path));
  return isPlain ? null : data;
}

// What `cwd` and `env` mean, as the words of `env`.
function surroundings(site: Site): readonly Value[] {
  const [cwd, env] = [option(site, "cwd"), option(site, "env")];
  const none = (value: Value | undefined): boolean =>
    value === undefined || (value.kind === "ref" && value.path === "None");
  if (none(cwd) && none(env)) return [];
  const words = [textOf("env")];
  if (cwd !== undefined && !none(cwd)) words.push(textOf("-C"), textOf(pathOf(cwd) ?? HOLE));
  if (env === undefined || none(env)) return words;
  if (env.kind !== "record") site.walk.report({ kind: "unknown", what: "an environment that is computed" });
  if (env.kind !== "record") return words;
  if (env.whole) words.push(textOf("-i"));
  for (const [key, value] of env.entries)
    if (!key.startsWith(HOLE)) words.push(textOf(`${key}=${knownText(value) ?? HOLE}`));
  return words;
}

/** A program and its arguments, one by one. */
export const words: Act = reporting((site) => reportSpawn(site, wordsFrom(site, 0)));

/** `os.execl(path, arg0, arg1 …)`: the path is `at - 1`, `arg0` is only a name. */
export const execFamily = (at: number): Act =>
  reporting((site) => {
    const rest = wordsFrom(site, at - 1);
    reportSpawn(site, rest && [rest[0] ?? data, ...rest.slice(2)]);
  });

/** `os.execv(path, [arg0, arg1 …])`. */
export const execVector = (at: number): Act =>
  reporting((site) => {
    const list = wordsIn(argument(site, at));
    reportSpawn(site, list && [argument(site, at - 1) ?? data, ...list.slice(1)]);
  });

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));
