// What the shell does itself: directories, variables, functions, evaluation. Each takes the words and changes the shell.
import {
  type Arg,
  emptyStream,
  HOLE,
  isKnown,
  literal,
  sharedBeginning,
  type Stream,
  type Taint,
  unknownArg,
} from "../arg.ts";
import { isWithin } from "../paths/fold-path.ts";
import { followLinks } from "../paths/follow-links.ts";
import { resolvePlaces } from "../paths/resolve-places.ts";
import { checkDefinedName } from "./defined-names.ts";
import type { Start } from "./dispatch.ts";
import { setVariable } from "./environment.ts";
import { joinArgs } from "./join-args.ts";
import { splitAt } from "./fields.ts";
import { formatText } from "./format-text.ts";
import { profileOf } from "./profile-book.ts";
import { add } from "./run.ts";
import { oneValue, type Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

/** One builtin: the words of a call, the shell it changes; what it prints. */
export type Builtin = (walk: Walker, shell: Shell, start: Start) => Stream;

const silent: Builtin = () => emptyStream;
const unknownOutput: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** The builtin of that name. */
export const builtinOf = (name: string): Builtin | undefined => table.get(name);

const variablesOutput: Stream = { text: null, taints: new Set<Taint>(["environment"]), files: [], from: "pipe" };
const historyOutput: Stream = { text: null, taints: new Set<Taint>(["secret"]), files: [], from: "pipe" };

const operands = ({ words }: Start): readonly Arg[] => {
  const rest = words.slice(1);
  const end = rest.findIndex((arg) => !arg.text.startsWith("-") || arg.text === "-" || arg.text === "--");
  if (end < 0) return [];
  return rest[end]?.text === "--" ? rest.slice(end + 1) : rest.slice(end);
};

const printed = (value: Arg): Stream => ({ text: value.text, taints: value.taints, files: [], from: "pipe" });

const echo: Builtin = (walk, _shell, { words }) => {
  let rest = words.slice(1);
  let escapes = false;
  let newline = true;
  while (rest[0] !== undefined && /^-[neE]+$/.test(rest[0].text)) {
    if (rest[0].text.includes("e")) escapes = true;
    if (rest[0].text.includes("n")) newline = false;
    rest = rest.slice(1);
  }
  const joined = joinArgs(rest);
  const text = escapes && !joined.text.includes(HOLE) ? (formatText(joined.text, []) ?? joined.text) : joined.text;
  void walk;
  return printed({ ...joined, text: text + (newline ? "\n" : "") });
};

const printf: Builtin = (walk, shell, { words }) => {
  const into = words[1]?.text === "-v" ? words[2] : undefined;
  const [format, ...values] = words
    .slice(into === undefined ? 1 : 3)
    .filter(({ text }, index) => !(index === 0 && text === "--"));
  const text =
    format === undefined || !isKnown({ ...format, glob: false })
      ? null
      : formatText(
          format.text,
          values.map((value) => value.text),
        );
  const all = joinArgs(format === undefined ? [] : [format, ...values]);
  const value: Arg =
    text === null
      ? { ...unknownArg("output"), taints: all.taints.size > 0 ? all.taints : new Set<Taint>(["output"]) }
      : { ...all, text, splits: false, glob: false };
  if (into === undefined) return printed(value);
  if (isKnown(into)) shell.vars.set(into.text, oneValue(value));
  void walk;
  return emptyStream;
};

const cd: Builtin = (walk, shell, start) => {
  const [target] = operands(start);
  if (target?.text === "-") {
    [shell.cwds, shell.previous] = [shell.previous, shell.cwds];
    return emptyStream;
  }
  const to = target ?? literal(walk.run.setting.home);
  shell.previous = shell.cwds;
  if (shell.elsewhere) return emptyStream;
  const places = resolvePlaces(to, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  const dirs = places.flatMap(({ real, any_child }) => (real === null || any_child ? [] : [real]));
  // A directory that is not there leaves the shell where it was.
  const sure = places.every(({ exists }) => exists);
  shell.cwds =
    dirs.length < places.length
      ? to.glob
        ? dirs
        : []
      : [...new Set([...dirs, ...(sure ? [] : shell.cwds)])].slice(0, 8);
  return emptyStream;
};

const declare: Builtin = (walk, shell, { words }) => {
  for (const arg of words.slice(1)) {
    if (arg.text.startsWith("-")) {
      if (/^-[a-zA-Z]*n/.test(arg.text)) add(walk.into, "bypass.hidden-name", "give a variable another one's name");
      continue;
    }
    const cut = arg.text.indexOf("=");
    if (cut < 0) {
      if (!isKnown(arg)) add(walk.into, "unknown.command-word", "set a variable whose name is only known when it runs");
      continue;
    }
    const name = arg.text.slice(0, cut).replace(/\+$/, "");
    const value: Arg = { ...arg, text: arg.text.slice(cut + 1), at: null, splits: false };
    setVariable(walk, shell, name, value);
    if (!shell.vars.get(name)?.array) shell.vars.set(name, oneValue(value));
  }
  // `export -p`, `declare`: every variable there is.
  return words.slice(1).every(({ text }) => text.startsWith("-")) ? variablesOutput : emptyStream;
};

const unset: Builtin = (walk, shell, start) => {
  for (const { text } of operands(start)) {
    shell.vars.set(text, oneValue(literal("")));
    if (text === "PATH") walk.run.path = "unknown";
  }
  return emptyStream;
};

const set: Builtin = (_walk, shell, { words }) => {
  const rest = words.slice(1);
  const end = rest.findIndex(({ text }) => text === "--" || text === "-" || !/^[-+]/.test(text));
  if (rest.some(({ text }) => /^-[a-zA-Z]*H|^histexpand$/.test(text)))
    add(_walk.into, "bypass.hidden-name", "let history expansion put commands together");
  const values =
    end < 0
      ? []
      : rest
          .slice(rest[end]?.text === "--" || rest[end]?.text === "-" ? end + 1 : end)
          .filter(({ text }, index) => index > 0 || !optionNames.has(text));
  if (end >= 0 && values.length > 0) shell.positional = values.map((value) => ({ ...value, at: null }));
  return words.length === 1 ? variablesOutput : emptyStream;
};

const optionNames: ReadonlySet<string> = new Set(
  "allexport braceexpand emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive-comments keyword monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged verbose vi xtrace".split(
    " ",
  ),
);

const shift: Builtin = (_walk, shell, { words }) => {
  const count = Number(words[1]?.text ?? "1");
  if (shell.positional !== null) shell.positional = shell.positional.slice(Number.isInteger(count) ? count : 1);
  return emptyStream;
};

const read: Builtin = (walk, shell, start) => {
  const rest = start.words.slice(1);
  const names: string[] = [];
  let array: string | null = null;
  for (let at = 0; at < rest.length; at += 1) {
    const text = rest[at]?.text ?? "";
    if (/^-[a-zA-Z]*a$/.test(text)) array = rest[(at += 1)]?.text ?? null;
    else if (/^-[a-zA-Z]*[dinNptu]$/.test(text)) at += 1;
    else if (!text.startsWith("-")) names.push(text);
  }
  const { text, taints } = start.stdin;
  const line = text === null ? null : (text.split("\n")[0] ?? "");
  const hole: Arg = {
    ...unknownArg("input"),
    text: sharedBeginning(start.stdin) + HOLE,
    taints: taints.size > 0 ? taints : new Set<Taint>(["input"]),
  };
  const words = line === null ? null : splitAt(line, walk.ifs(shell)).filter((word) => word !== "");
  if (array !== null)
    shell.vars.set(array, {
      alternatives: [
        words === null ? [{ ...hole, splits: true }] : words.map((word) => ({ ...literal(word), taints })),
      ],
      array: true,
    });
  const targets = names.length === 0 ? ["REPLY"] : names;
  // A loop reads every line: only a text of one line is known.
  const single = text !== null && text.trimEnd().split("\n").length === 1;
  targets.forEach((name, index) => {
    const value =
      words === null || !single
        ? hole
        : { ...literal(index === targets.length - 1 ? words.slice(index).join(" ") : (words[index] ?? "")), taints };
    shell.vars.set(name, oneValue(value));
  });
  return emptyStream;
};

const mapfile: Builtin = (walk, shell, start) => {
  // `-C TEXT` is run for every so many lines.
  const callback = start.words[start.words.findIndex(({ text }) => /^-[a-zA-Z]*C$/.test(text)) + 1];
  if (callback !== undefined && callback !== start.words[0]) walk.shellText(shell, callback, {});
  const name = operands(start).at(-1)?.text ?? "MAPFILE";
  const { text, taints } = start.stdin;
  const values =
    text === null || text.includes(HOLE)
      ? [{ ...unknownArg("input", true), taints }]
      : text
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => literal(line));
  shell.vars.set(name, { alternatives: [values], array: true });
  return emptyStream;
};

const evaluate: Builtin = (walk, shell, { words, stdin }) => {
  const rest = words.slice(1);
  const plain = rest.length === 1 ? rest : rest.map((arg) => ({ ...arg, at: null }));
  return walk.shellText(shell, plain.length === 1 && plain[0] !== undefined ? plain[0] : joinArgs(plain), {
    here: true,
    stdin,
  });
};

const source: Builtin = (walk, shell, start) => {
  const [path, ...args] = operands(start);
  if (path === undefined) return emptyStream;
  return walk.programFile(shell, { path, language: "shell", args, stdin: start.stdin, started: false });
};

/** `exec`, `command`, `builtin`: the words after their options, as a command. */
const peel =
  (options: RegExp, withValue: RegExp): Builtin =>
  (walk, shell, start) => {
    let rest = start.words.slice(1);
    while (rest[0] !== undefined && options.test(rest[0].text)) rest = rest.slice(withValue.test(rest[0].text) ? 2 : 1);
    if (rest[0]?.text === "--") rest = rest.slice(1);
    // The function of that name is passed by.
    const saved = shell.functions;
    shell.functions = new Map();
    const stdout = walk.start(shell, { ...start, words: rest });
    shell.functions = saved;
    return stdout;
  };

const command: Builtin = (walk, shell, start) => {
  if (/^-[a-zA-Z]*[vV]/.test(start.words[1]?.text ?? ""))
    return whereIs(walk, shell, { ...start, words: start.words.slice(1) });
  return peel(/^-p$/, /^$/)(walk, shell, start);
};

/** `which`, `type -p`, `command -v`: where programs are, by name only. */
const whereIs: Builtin = (walk, _shell, start) => {
  const names = operands(start);
  if (names.some((name) => !isKnown(name))) return unknownOutput;
  return printed(literal(names.map(({ text }) => pathOf(walk, text)).join("\n") + "\n"));
};

function pathOf({ run }: Walker, name: string): string {
  if (name.includes("/")) return name;
  for (const dir of run.setting.path) {
    const found = followLinks(`${dir}/${name}`, run.facts, { last: "keep", cwd: "/" });
    if (found.fact !== undefined) return `${dir}/${name}`;
  }
  return profileOf(name) === undefined ? name : `/usr/bin/${name}`;
}

const trap: Builtin = (walk, shell, start) => {
  const [action, ...signals] = operands(start);
  if (action === undefined || signals.length === 0 || action.text === "" || action.text === "-") return emptyStream;
  walk.shellText(shell, action, {});
  return emptyStream;
};

const alias: Builtin = (walk, shell, { words }) => {
  for (const arg of words.slice(1)) {
    const cut = arg.text.indexOf("=");
    if (cut < 0) continue;
    const name = arg.text.slice(0, cut);
    // `alias grep='grep --color'`: the same program, and each use is read as it stands.
    if (!new RegExp(`^\\s*${name.replaceAll(/[^\w-]/g, "\\$&")}(?:\\s|$)`).test(arg.text.slice(cut + 1)))
      checkDefinedName(walk, name, "alias");
    if (isKnown(arg)) shell.aliases.set(name, arg.text.slice(cut + 1));
    else
      add(
        walk.into,
        "code-injection.dynamic",
        `make the alias \`${name.replaceAll(HOLE, "…")}\` of a text that is only known when it runs`,
      );
  }
  return emptyStream;
};

const hash: Builtin = (walk, _shell, { words }) => {
  const at = words.findIndex(({ text }) => /^-[a-zA-Z]*p$/.test(text));
  if (at > 0) for (const { text } of words.slice(at + 2)) checkDefinedName(walk, text, "hash");
  return emptyStream;
};

const enable: Builtin = (walk, _shell, { words }) => {
  if (words.slice(1).some(({ text }) => /^-[a-zA-Z]*[fnd]/.test(text)))
    add(walk.into, "bypass.loader", "load or hide builtins of the shell");
  return emptyStream;
};

const history: Builtin = (walk, _shell, { words }) => {
  if (words[0]?.text === "fc" && !words.some(({ text }) => /^-[a-zA-Z]*l/.test(text)))
    add(walk.into, "code-injection.dynamic", "run commands of the history again");
  if (words.some(({ text }) => /^-[a-zA-Z]*[cdw]/.test(text)))
    add(walk.into, "self-protect.agent-config", "change the shell's history");
  return historyOutput;
};

const shopt: Builtin = (walk, _shell, { words }) => {
  const names = words.slice(1).map(({ text }) => text);
  if (names.includes("-s") && names.some((name) => /^(?:expand_aliases|histexpand)$/.test(name)))
    add(walk.into, "bypass.hidden-name", "let names stand for other commands");
  return emptyStream;
};

const ulimit: Builtin = () => unknownOutput;

// `jobs -p`: numbers of this shell's own processes.
const jobs: Builtin = (_walk, _shell, { words }) =>
  words.some(({ text }) => text === "-p") ? { ...unknownOutput, text: `1${HOLE}\n` } : unknownOutput;

const pwd: Builtin = (_walk, shell) => {
  const [only] = shell.cwds;
  return shell.cwds.length === 1 && only !== undefined ? printed(literal(`${only}\n`)) : unknownOutput;
};

const complete: Builtin = (walk, shell, { words }) => {
  const at = words.findIndex(({ text }) => text === "-C" || text === "-x");
  const program = at < 0 ? undefined : words[at + 1];
  if (program !== undefined) walk.shellText(shell, program, {});
  return emptyStream;
};

// `-C TEXT` is run, and what `-W TEXT` holds is expanded.
const compgen: Builtin = (walk, shell, { words }) => {
  words.forEach(({ text }, index) => {
    const value = words[index + 1];
    if (value === undefined || !/^-[a-zA-Z]*[CWF]$/.test(text)) return;
    walk.shellText(shell, text.endsWith("W") ? { ...value, text: `: ${value.text}`, at: null } : value, {});
  });
  return unknownOutput;
};

const test: Builtin = () => emptyStream;

const table: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...[
    ":",
    "true",
    "false",
    "wait",
    "fg",
    "bg",
    "disown",
    "exit",
    "return",
    "break",
    "continue",
    "umask",
    "getopts",
    "suspend",
    "logout",
    "unalias",
  ].map((name): readonly [string, Builtin] => [name, silent]),
  ...["times", "caller", "dirs"].map((name): readonly [string, Builtin] => [name, ulimit]),
  ["jobs", jobs],
  ["echo", echo],
  ["printf", printf],
  ["cd", cd],
  ["pushd", cd],
  ["popd", (_walk, shell) => ((shell.cwds = [...new Set([...shell.previous, ...shell.cwds])]), emptyStream)],
  ["pwd", pwd],
  ["export", declare],
  ["declare", declare],
  ["typeset", declare],
  ["local", declare],
  ["readonly", declare],
  ["unset", unset],
  ["set", set],
  ["shift", shift],
  ["read", read],
  ["mapfile", mapfile],
  ["readarray", mapfile],
  ["eval", evaluate],
  ["source", source],
  [".", source],
  ["exec", peel(/^-(?:[cl]+|a)$/, /^-a$/)],
  ["command", command],
  ["builtin", peel(/^$/, /^$/)],
  ["which", whereIs],
  ["whereis", whereIs],
  ["type", whereIs],
  ["trap", trap],
  ["alias", alias],
  ["hash", hash],
  ["enable", enable],
  ["history", history],
  ["fc", history],
  ["shopt", shopt],
  ["complete", complete],
  ["compgen", compgen],
  ["bind", complete],
  ["ulimit", ulimit],
  ["test", test],
  ["[", test],
  ["let", silent],
  ["help", ulimit],
]);

/** Names that the shell itself answers. */
export const isBuiltin = (name: string): boolean => table.has(name) && !isWithin(name, "/");
