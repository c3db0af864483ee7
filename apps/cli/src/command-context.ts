// Puts together what a command is given.
import { resolve } from "node:path";
import { answerer } from "./answer.ts";
import { askPassphrase } from "./ask-passphrase.ts";
import { challengePerson } from "./challenge.ts";
import type { Command, CommandContext, Mode } from "./define-command.ts";
import { allOptions } from "./global-options.ts";
import type { Host } from "./host.ts";
import { openLog } from "./log.ts";
import type { ReadLine } from "./read-line.ts";
import type { Screen } from "./screen.ts";

/** What is around the command besides the process. */
export type Around = { readonly mode: Mode; readonly screen: Screen; readonly command: Command };

/** The context of one run. Frozen where it carries facts. */
export function commandContext(host: Host, line: ReadLine, { mode, screen, command }: Around): CommandContext {
  const yes = line.options["yes"] === true;
  const root = line.options["project-root"];
  return {
    args: line.args,
    rest: line.rest,
    options: line.options,
    ...optionReaders(line, command),
    report: screen.report,
    ask: answerer({ yes, person: screen.person, agent: host.facts.agent_marker }),
    challenge: (text, code) =>
      screen.suspend(() => challengePerson(text, code, { facts: host.facts, signal: host.signal })),
    passphrase: (text) => screen.suspend(() => askPassphrase(text, { facts: host.facts, signal: host.signal })),
    cwd: resolve(typeof root === "string" ? root : "."),
    env: host.env,
    secrets: host.secrets,
    terminal: host.facts,
    yes,
    signal: host.signal,
    mode,
    log: openLog(host.env, screen.logLine),
  };
}

function optionReaders(
  { options }: ReadLine,
  command: Command,
): Pick<CommandContext, "flag" | "text" | "list" | "whole"> {
  const declared = new Map(allOptions(command.options).map((option) => [option.name, option.kind]));
  const read = (name: string, ...kinds: readonly string[]): string | boolean | readonly string[] | undefined => {
    const kind = declared.get(name);
    if (kind === undefined || !kinds.includes(kind))
      throw new Error(`the command does not declare \`--${name}\` as ${kinds.join(" or ")}`);
    return options[name];
  };
  const text = (name: string, ...kinds: readonly string[]): string | undefined => {
    const value = read(name, ...kinds);
    return typeof value === "string" ? value : undefined;
  };
  return {
    flag: (name) => read(name, "flag") === true,
    text: (name) => text(name, "text", "choice"),
    list: (name) => {
      const value = read(name, "list");
      return typeof value === "object" ? value : [];
    },
    whole: (name) => {
      const value = text(name, "whole");
      return value === undefined ? undefined : Number(value);
    },
  };
}
