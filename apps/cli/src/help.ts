// Help, from the declarations alone.
import type { ArgSpec, Command, OptionSpec } from "./define-command.ts";
import { groups } from "./define-command.ts";
import { exitMeaning } from "./exit-codes.ts";
import { allOptions, globalOptions } from "./global-options.ts";
import { heading, pairs, sections } from "./view/layout.ts";
import { dim, line, plain, span, strong, type Line } from "./view/line.ts";
import { VERSION } from "./version.ts";

/** A loaded command and its words. */
export type Named = { readonly path: readonly string[]; readonly command: Command };

/** `ces --help`: every command under its heading. */
export function rootHelp(all: readonly Named[]): readonly Line[] {
  const width = Math.max(0, ...all.map((one) => synopsis(one).length));
  const blocks = groups.map((group) => {
    const rows = all.filter(({ command }) => command.group === group);
    return rows.length === 0
      ? []
      : [heading(group), ...rows.map((one) => row(synopsis(one).padEnd(width), one.command.summary))];
  });
  return sections(
    [line(strong`ces ${VERSION}`, plain`: hand a change to a coding agent and prove afterwards what happened`)],
    [line(dim`usage: `, plain`ces COMMAND [OPTIONS]`)],
    ...blocks,
    [
      heading("Options of every command"),
      ...optionRows(globalOptions),
      row("-V, --version".padEnd(optionWidth(globalOptions)), "the version"),
    ],
    [
      line(
        dim`ces COMMAND --help says more. Start with: `,
        strong`ces doctor`,
        dim`, then `,
        strong`ces build "what to change"`,
      ),
    ],
  );
}

/** `ces COMMAND --help`. */
export function commandHelp({ path, command }: Named): readonly Line[] {
  const name = `ces ${path.join(" ")}`;
  return sections(
    [line(strong`${name}`, plain`: ${command.summary}`)],
    [line(dim`usage: `, span("plain", usageWords(name, command).join(" ")))],
    titled("Arguments", pairs(wordSpecs(command).map((arg) => [arg.name.toUpperCase(), span("plain", arg.summary)]))),
    titled("Options", optionRows(command.options)),
    titled(
      "Options of every command",
      optionRows(allOptions(command.options).filter((one) => !command.options.includes(one))),
    ),
    titled(
      "Examples",
      command.examples.flatMap(({ line: text, note }) => [line(plain`  ${text}`), line(dim`      ${note}`)]),
    ),
    titled("Exit codes", pairs(command.exits.map((code) => [String(code), span("plain", exitMeaning[code])]))),
  );
}

/** The commands below a word that is no command itself. */
export function groupHelp(path: readonly string[], all: readonly Named[]): readonly Line[] {
  const width = Math.max(0, ...all.map((one) => synopsis(one).length));
  return sections(
    [heading(`ces ${path.join(" ")}`)],
    all.map((one) => row(synopsis(one).padEnd(width), one.command.summary)),
  );
}

function synopsis({ path, command }: Named): string {
  return [...path, ...argWords(command)].join(" ");
}

// Another program's words come last: its options are not ours.
function usageWords(name: string, command: Command): readonly string[] {
  const words = argWords(command);
  return command.rest?.foreign === true ? [name, "[OPTIONS]", ...words] : [name, ...words, "[OPTIONS]"];
}

function wordSpecs({ args, rest }: Command): readonly ArgSpec[] {
  return rest ? [...args, rest] : args;
}

function argWords({ args, rest }: Command): readonly string[] {
  return [...args.map(argWord), ...(rest ? [`[${rest.name.toUpperCase()}…]`] : [])];
}

function argWord({ name, required }: ArgSpec): string {
  return required === true ? name.toUpperCase() : `[${name.toUpperCase()}]`;
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [heading(title), ...lines];
}

function optionRows(options: readonly OptionSpec[]): readonly Line[] {
  const width = optionWidth(options);
  return options.map((option) => row(optionWord(option).padEnd(width), optionSummary(option)));
}

function optionWidth(options: readonly OptionSpec[]): number {
  return Math.max(0, ...options.map((option) => optionWord(option).length));
}

function optionWord(option: OptionSpec): string {
  const short = option.short ? `-${option.short}, ` : "    ";
  const value =
    option.kind === "flag" ? "" : ` ${option.value ?? placeholder(option)}${option.kind === "list" ? " …" : ""}`;
  return `${short}--${option.name}${value}`;
}

function placeholder(option: OptionSpec): string {
  if (option.kind === "choice") return option.choices.join("|");
  return option.kind === "whole" ? "N" : "TEXT";
}

function optionSummary({ summary, fallback }: OptionSpec): string {
  return fallback === undefined ? summary : `${summary} (${fallback})`;
}

function row(name: string, summary: string): Line {
  return line(plain`  ${name}  `, span("dim", summary));
}
