// Shells and interpreters by what they are, and which of their arguments are code. A table; `inline-code.ts` reads it.

import { programFamily } from "./program-name.ts";

/** One family. Short options are letters. */
export type Interpreter = {
  readonly kind: "shell" | "interpreter";
  /** Options whose value is code. */
  readonly code_short: string;
  readonly code_long: readonly string[];
  /** Options that take some other value: the letters behind them are that value, or else the next word. A shell's take the next word always. */
  readonly value_short: string;
  /** Options whose value is the letters behind them or none, never the next word: `perl -i -e CODE`. */
  readonly joined_short: string;
  /** Options whose value is the program, so that no option comes behind it: `python3 -m MODULE`. */
  readonly last_short: string;
  readonly value_long: readonly string[];
  /** First words that make the rest code: `deno eval`. */
  readonly code_words: readonly string[];
};

function family(kind: Interpreter["kind"], facts: Partial<Omit<Interpreter, "kind">>): Interpreter {
  const none = { code_short: "", code_long: [], value_short: "", joined_short: "", last_short: "", value_long: [] };
  return { kind, ...none, code_words: [], ...facts };
}

const posixShell = family("shell", {
  code_short: "c",
  value_short: "oO",
  value_long: ["--rcfile", "--init-file"],
});
const python = family("interpreter", {
  code_short: "c",
  value_short: "WXQ",
  last_short: "m",
  value_long: ["--check-hash-based-pycs"],
});
const node = family("interpreter", {
  code_short: "ep",
  code_long: ["--eval", "--print"],
  value_short: "rC",
  value_long: [
    "--require",
    "--import",
    "--loader",
    "--experimental-loader",
    "--env-file",
    "--conditions",
    "--input-type",
  ],
});
const perl = family("interpreter", { code_short: "eE", value_short: "I", joined_short: "MmxFiCD" });
const ruby = family("interpreter", { code_short: "e", value_short: "IrEC", joined_short: "xFi" });
const dashE = family("interpreter", { code_short: "e", code_long: ["--eval", "--execute"] });

const FAMILIES: readonly (readonly [string, Interpreter])[] = [
  ["sh bash rbash dash ash zsh rzsh ksh rksh mksh lksh oksh pdksh yash posh osh hush", posixShell],
  ["csh tcsh rc es", family("shell", { code_short: "c" })],
  ["fish", family("shell", { code_short: "cC", code_long: ["--command", "--init-command"] })],
  ["nu nushell elvish xonsh murex", family("shell", { code_short: "c", code_long: ["--commands", "--command"] })],
  [
    "pwsh powershell",
    family("shell", {
      code_long: ["-c", "-command", "-encodedcommand", "-enc", "-ec", "-e", "-commandwithargs", "-cwa"],
      value_long: ["-executionpolicy", "-ep", "-workingdirectory", "-wd"],
    }),
  ],
  ["cmd", family("shell", { code_long: ["/c", "/k", "/r"] })],
  ["python pypy pythonw ipython micropython", python],
  ["node nodejs electron", node],
  [
    "bun",
    family("interpreter", {
      code_short: "ep",
      code_long: ["--eval", "--print"],
      value_short: "r",
      code_words: ["exec"],
    }),
  ],
  ["deno", family("interpreter", { code_words: ["eval", "repl"] })],
  ["tsx ts-node qjs", node],
  ["perl", perl],
  ["ruby jruby truffleruby irb", ruby],
  [
    "php",
    family("interpreter", {
      code_short: "rBRE",
      code_long: ["--run", "--process-begin", "--process-code", "--process-end"],
      value_short: "cdzS",
    }),
  ],
  ["lua luajit texlua", family("interpreter", { code_short: "e", value_short: "l" })],
  ["tclsh wish", family("interpreter", {})],
  ["expect", family("interpreter", { code_short: "c" })],
  ["osascript", family("interpreter", { code_short: "e", value_short: "ls" })],
  ["r rscript", dashE],
  ["julia", family("interpreter", { code_short: "eE", code_long: ["--eval", "--print"], value_short: "LpJtC" })],
  ["ghc runghc ghci", family("interpreter", { code_short: "e" })],
  [
    "groovy scala kotlin jshell elixir iex",
    family("interpreter", { code_short: "e", code_long: ["--eval"], value_short: "r" }),
  ],
  ["erl", family("interpreter", { code_long: ["-eval", "-run", "-s"] })],
  [
    "guile racket sbcl clisp ecl emacs",
    family("interpreter", { code_short: "ceqx", code_long: ["--eval", "-eval", "--exec"] }),
  ],
];

const BY_NAME: ReadonlyMap<string, Interpreter> = new Map(
  FAMILIES.flatMap(([names, facts]) => names.split(" ").map((name): [string, Interpreter] => [name, facts])),
);

/** The facts about a program that is a shell or an interpreter; undefined for every other. */
export function interpreterOf(argv0: string): Interpreter | undefined {
  return BY_NAME.get(programFamily(argv0));
}
