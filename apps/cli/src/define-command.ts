// A command is one file that exports data: what it is called with, what it does, and how its outcome reads (DESIGN §6).
// A command never prints; a view never decides.
import type { Ask, Report } from "@ces/ports";
import type { ExitCode } from "./exit-codes.ts";
import type { Log } from "./log.ts";
import type { Environment, Secrets } from "./secrets.ts";
import type { TerminalFacts } from "./terminal-facts.ts";
import type { Line } from "./view/line.ts";

/** The headings of `ces --help`, in their order. */
export const groups = ["Start here", "Governance", "Operations", "Knowledge", "Execution"] as const;
export type Group = (typeof groups)[number];

/** A positional argument. */
export type ArgSpec = { readonly name: string; readonly summary: string; readonly required?: boolean };

/**
 * The words after the arguments, any number. `foreign`: they are another program's, options included, and begin with the first
 * word that is no long option of this command; `--` is among them.
 */
export type RestSpec = { readonly name: string; readonly summary: string; readonly foreign?: boolean };

/** An option. `text` once, `list` any number of times, `whole` a whole number of at least `least` (0), `choice` one of `choices`. */
export type OptionSpec = {
  readonly name: string;
  readonly short?: string;
  readonly summary: string;
  /** What stands for the value in help. */
  readonly value?: string;
  /** Said in help; the command applies it. */
  readonly fallback?: string;
} & (
  | { readonly kind: "flag" | "text" | "list" }
  | { readonly kind: "whole"; readonly least?: number }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
);

/** A command line that works as it stands, and what it does. */
export type Example = { readonly line: string; readonly note: string };

/** How the outcome is shown: live frames, plain lines, one JSON document, or a stream of JSON lines. */
export type Mode = "ink" | "plain" | "json" | "jsonl";

/** Why it does not go on. */
export type Blocker = { readonly code: string; readonly text: string };

/** Plain JSON; a member that is undefined is left out when it is printed. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data | undefined };

/** How a command ended. `next` is the command to type now. */
export type Outcome<Of extends Data = Data> = {
  readonly exit: ExitCode;
  readonly data: Of;
  readonly blockers: readonly Blocker[];
  readonly next: string | null;
  /** Text of a foreign format, written as it stands in place of the view (never with `--json`): the lines of a batch, a hook's answer. */
  readonly document?: string;
};

/** Everything a command is given. */
export type CommandContext = {
  readonly args: Readonly<Record<string, string | undefined>>;
  /** The words that `rest` declares, in their order; empty when it declares none. */
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** Options by kind. `whole` was checked when the line was read; a name that was not declared is a bug. */
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly whole: (name: string) => number | undefined;
  readonly report: Report;
  readonly ask: Ask;
  /** Shows `text` at /dev/tty and asks the person to type `code` back. False without a terminal or with an agent's marker. */
  readonly challenge: (text: string, code: string) => Promise<boolean>;
  /** Asks for a passphrase at /dev/tty and shows nothing of it. Null without a terminal or with an agent's marker. */
  readonly passphrase: (text: string) => Promise<string | null>;
  /** Where the user is, or what `--project-root` says. Absolute. */
  readonly cwd: string;
  readonly env: Environment;
  readonly secrets: Secrets;
  readonly terminal: TerminalFacts;
  /** `--yes` was given. */
  readonly yes: boolean;
  /** Aborted by the first Ctrl-C; the second ends the process. */
  readonly signal: AbortSignal;
  readonly mode: Mode;
  readonly log: Log;
};

/** What a command's file declares. `live`: has frames. `repeat`: milliseconds until it runs again, null for once. */
export type CommandSpec<Of extends Data> = {
  readonly summary: string;
  readonly group: Group;
  readonly args: readonly ArgSpec[];
  readonly rest?: RestSpec;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  readonly exits: readonly ExitCode[];
  readonly live?: boolean;
  readonly repeat?: (ctx: CommandContext) => number | null;
  readonly run: (ctx: CommandContext) => Promise<Outcome<Of>>;
  readonly view: (outcome: Outcome<Of>) => readonly Line[];
};

/** A command as the program sees it: what was run, and the lines that show it. */
export type Command = Omit<CommandSpec<Data>, "run" | "view"> & {
  readonly perform: (ctx: CommandContext) => Promise<{ outcome: Outcome; lines: () => readonly Line[] }>;
};

/** Declares a command. The outcome's type is the view's, and nobody else's business. */
export function defineCommand<Of extends Data>(spec: CommandSpec<Of>): Command {
  const { run, view, ...rest } = spec;
  const perform: Command["perform"] = async (ctx) => {
    const outcome = await run(ctx);
    return { outcome, lines: () => view(outcome) };
  };
  return { ...rest, perform };
}

/** Exit 0 with data and the next command. */
export function done<Of extends Data>(data: Of, next: string | null = null): Outcome<Of> {
  return { exit: 0, data, blockers: [], next };
}
