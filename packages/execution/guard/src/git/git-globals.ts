// git's own options before the subcommand: where it stands, whose repository it uses, settings for one call.
import { type Arg, HOLE } from "../arg.ts";
import type { Call, Evaluation, Outcome } from "../profile.ts";
import { setting, settingOf } from "./git-config.ts";

/** A call of git, taken apart. */
export interface GitLine {
  readonly outcomes: readonly Outcome[];
  readonly sub: Arg | undefined;
  readonly args: readonly Arg[];
  readonly dir: Arg | null;
  /** Aliases that the call itself sets by `-c`, where their text is known. */
  readonly aliases: ReadonlyMap<string, string>;
}

const valued = /^(?:-C|-c|--git-dir|--work-tree|--namespace|--super-prefix|--config-env|--attr-source)$/;
const flags =
  /^(?:-p|--paginate|-P|--no-pager|--no-replace-objects|--bare|--(?:literal|glob|noglob|icase)-pathspecs|--no-optional-locks|--no-lazy-fetch|--no-advice|--exec-path|--html-path|--man-path|--info-path|--list-cmds=.*|-v|--version|-h|--help)$/;

/** Reads the options before the subcommand. */
export function readLine({ args, env }: Call, on: Evaluation): GitLine {
  const outcomes: Outcome[] = [];
  const aliases = new Map<string, string>();
  let dir: Arg | null = null;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === undefined || !arg.text.startsWith("-")) break;
    const [name, value, width] = optionAt(args, at);
    at += width - 1;
    if (name === "-C") dir = value === undefined ? dir : joined(dir, value);
    else {
      outcomes.push(global(on, name, value));
      if (name === "-c") rememberAlias(aliases, value);
    }
  }
  for (const name of ["GIT_DIR", "GIT_WORK_TREE"]) {
    const value = env.get(name);
    if (value !== undefined) outcomes.push(global(on, name === "GIT_DIR" ? "--git-dir" : "--work-tree", value));
  }
  return { outcomes, sub: args[at], args: args.slice(at + 1), dir, aliases };
}

function optionAt(args: readonly Arg[], at: number): readonly [string, Arg | undefined, number] {
  const arg = args[at];
  const text = arg?.text ?? "";
  if (valued.test(text)) return [text, args[at + 1], 2];
  const cut = text.startsWith("--") ? text.indexOf("=") : -1;
  if (arg === undefined || cut < 0) return [text, undefined, 1];
  return [text.slice(0, cut), { ...arg, text: text.slice(cut + 1), at: null }, 1];
}

const joined = (dir: Arg | null, value: Arg): Arg =>
  dir === null || value.text.startsWith("/")
    ? { ...value, at: null }
    : { ...value, text: `${dir.text}/${value.text}`, taints: new Set([...dir.taints, ...value.taints]), at: null };

function global(on: Evaluation, name: string, value: Arg | undefined): Outcome {
  switch (name) {
    case "-c":
      return value === undefined ? on.fine() : settingOf(on, value);
    case "--config-env":
      return value === undefined ? on.fine() : setting(on, beforeEquals(value), { ...value, text: HOLE, at: null });
    case "--git-dir":
      return value === undefined || isOwnGitDir(on, value)
        ? on.fine()
        : on.effect(
            "unknown.option",
            `use the repository \`${value.text.replaceAll(HOLE, "…")}\`, whose settings are not known`,
          );
    case "--work-tree":
      return value === undefined ? on.fine() : on.write({ ...value, text: `${value.text}/x`, at: null }, "create");
    case "--exec-path":
      return value === undefined
        ? on.fine()
        : on.effect("code-injection.config", "run git's programs from another folder");
    default:
      return valued.test(name) || flags.test(name) || name === "--list-cmds"
        ? on.fine()
        : on.effect("unknown.option", `run \`git\` with \`${name.replaceAll(HOLE, "…")}\``);
  }
}

const beforeEquals = (arg: Arg): Arg => ({ ...arg, text: arg.text.split("=", 1)[0] ?? "", at: null });

// Files in a `.git` folder are the guard's to protect; a folder of another name may hold any settings.
const isOwnGitDir = (on: Evaluation, value: Arg): boolean =>
  on
    .places(value)
    .every(
      ({ real, zone }) => real !== null && /\/\.git(?:\/(?:worktrees|modules)\/.*)?$/.test(real) && zone !== "unknown",
    );

function rememberAlias(aliases: Map<string, string>, value: Arg | undefined): void {
  const match = /^alias\.([^=]+)=([^!][^]*)$/i.exec(value?.text ?? "");
  if (match?.[1] !== undefined && match[2] !== undefined && !match[2].includes(HOLE))
    aliases.set(match[1].toLowerCase(), match[2]);
}
