// Performs one command on one screen: reads its line, gives it its context, shows how it ended.
import { setTimeout as sleep } from "node:timers/promises";
import { CesError } from "@ces/kernel";
import { commandContext } from "./command-context.ts";
import type { Command, CommandContext } from "./define-command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { allOptions } from "./global-options.ts";
import type { Named } from "./help.ts";
import type { Host } from "./host.ts";
import { errorFields, openLog } from "./log.ts";
import { checkModes, openScreen } from "./open-screen.ts";
import { readLine, type ReadLine } from "./read-line.ts";
import type { Screen } from "./screen.ts";
import { shownError } from "./shown-error.ts";
import { lineText, type Line } from "./view/line.ts";

/** Runs a command to its end, whatever happens; its exit code. */
export async function performCommand(
  host: Host,
  { path, command }: Named,
  words: readonly string[],
): Promise<ExitCode> {
  const { mode, screen } = await openScreen(host, { path, live: command.live === true });
  try {
    const line = read(path, command, words);
    return await repeatedly(command, commandContext(host, line, { mode, screen, command }), screen);
  } catch (error) {
    const shown = shownError(error, host.signal.aborted);
    openLog(host.env, screen.logLine).debug(`ces ${path.join(" ")} ended with an error`, errorFields(error));
    await screen.show({ kind: "error", error: shown });
    return shown.exit;
  }
}

/** Shows help as an outcome, so that `--json` is one document here too. */
export async function showHelp(host: Host, lines: readonly Line[]): Promise<ExitCode> {
  const { screen } = await openScreen(host, { path: ["help"], live: false });
  const data = { lines: lines.map(lineText) };
  await screen.show({
    kind: "outcome",
    outcome: { exit: 0, data, blockers: [], next: null },
    lines: () => lines,
    redraw: false,
  });
  return 0;
}

function read(path: readonly string[], command: Command, words: readonly string[]): ReadLine {
  const line = readLine(words, {
    name: `ces ${path.join(" ")}`,
    args: command.args,
    rest: command.rest,
    options: allOptions(command.options),
  });
  checkModes(line.options);
  return line;
}

async function repeatedly(command: Command, ctx: CommandContext, screen: Screen): Promise<ExitCode> {
  const pause = command.repeat?.(ctx) ?? null;
  if (pause !== null && ctx.mode === "json")
    throw new CesError("USAGE_OPTION", "`--json` is one document, a repeated command has many", {
      remedy: "use `--jsonl`",
    });
  for (;;) {
    const { outcome, lines } = await command.perform(ctx);
    await screen.show({ kind: "outcome", outcome, lines, redraw: pause !== null });
    if (pause === null) return outcome.exit;
    await sleep(pause, undefined, { signal: ctx.signal });
  }
}
