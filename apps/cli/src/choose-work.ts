// What a command line asks for: help, or one command with its words.
import { CesError } from "@ces/kernel";
import { findCommand, type CommandRow } from "./find-command.ts";
import { commandHelp, groupHelp, rootHelp, type Named } from "./help.ts";
import { allOptions } from "./global-options.ts";
import { readLine } from "./read-line.ts";
import type { Line } from "./view/line.ts";

/** Lines to show, or a command to perform with the words that are left. */
export type Work =
  | { readonly kind: "help"; readonly lines: readonly Line[] }
  | { readonly kind: "run"; readonly named: Named; readonly rest: readonly string[] };

/** Finds out. Throws CesError USAGE_COMMAND, USAGE_OPTION. */
export async function chooseWork(argv: readonly string[], rows: readonly CommandRow[]): Promise<Work> {
  const words = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  const help = asksHelp(words);
  const found = findCommand(words, rows);
  if (found.kind === "none") {
    if (!help) readLine(words, { name: "ces", args: [], options: allOptions([]) });
    return { kind: "help", lines: rootHelp(await loaded(rows)) };
  }
  if (found.kind === "group") {
    if (!help) throw halfCommand(found.path, found.rows);
    return { kind: "help", lines: groupHelp(found.path, await loaded(found.rows)) };
  }
  const named = await load(found.row);
  return help ? { kind: "help", lines: commandHelp(named) } : { kind: "run", named, rest: found.rest };
}

function asksHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end === -1 ? words : words.slice(0, end)).some((word) => word === "--help" || word === "-h");
}

function halfCommand(path: readonly string[], rows: readonly CommandRow[]): CesError {
  const whole = rows.map((row) => `\`ces ${row.path.join(" ")}\``).join(", ");
  return new CesError("USAGE_COMMAND", `\`ces ${path.join(" ")}\` is the beginning of ${whole}`, {
    remedy: `ces ${path.join(" ")} --help`,
  });
}

async function loaded(rows: readonly CommandRow[]): Promise<readonly Named[]> {
  return await Promise.all(rows.map(load));
}

async function load(row: CommandRow): Promise<Named> {
  return { path: row.path, command: await row.load() };
}
