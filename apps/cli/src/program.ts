// One run of `ces`: take the secrets out, find the command, perform it, exit.
import { chooseWork } from "./choose-work.ts";
import { closeInheritedDescriptors } from "@ces/sandbox";
import { commands } from "./commands.gen.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Host } from "./host.ts";
import { listenForStop } from "./interruption.ts";
import { performCommand, showHelp } from "./perform-command.ts";
import { openScreen } from "./open-screen.ts";
import { takeSecrets } from "./secrets.ts";
import { shownError } from "./shown-error.ts";
import { processSinks } from "./sinks.ts";
import { terminalFacts } from "./terminal-facts.ts";

/** Runs the command line and ends the process with its exit code. */
export async function program(argv: readonly string[]): Promise<never> {
  // SECURITY: S14 — a descriptor that a shell or editor left open would pass through every wall.
  closeInheritedDescriptors();
  // SECURITY: S01 — before anything of ours has read the environment or started a child.
  const { secrets, env } = takeSecrets(process.env);
  const { signal, stop } = listenForStop();
  const host: Host = { argv, env, secrets, signal, stop, sinks: processSinks(stop), facts: terminalFacts(env) };
  process.exit(await runProgram(host));
}

/** Runs the command line of a host to its end, whatever happens; its exit code. */
export async function runProgram(host: Host): Promise<ExitCode> {
  try {
    const work = await chooseWork(host.argv, commands);
    return work.kind === "help" ? await showHelp(host, work.lines) : await performCommand(host, work.named, work.rest);
  } catch (error) {
    const shown = shownError(error, host.signal.aborted);
    await (await openScreen(host, { path: [], live: false })).screen.show({ kind: "error", error: shown });
    return shown.exit;
  }
}
