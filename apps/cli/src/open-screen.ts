// Chooses the mode: what the flags say, else live frames where there is a terminal for them, else plain lines.
import { CesError } from "@ces/kernel";
import type { Mode } from "./define-command.ts";
import type { Host } from "./host.ts";
import { jsonScreen } from "./json-screen.ts";
import { plainScreen } from "./plain-screen.ts";
import type { Screen } from "./screen.ts";
import { painter, wantsColour } from "./view/paint.ts";

/** What the screen is for. `live`: the command has frames. */
export type ScreenWish = { readonly path: readonly string[]; readonly live: boolean };

/** Opens the screen of a run. Ink and React are loaded here, and only for frames. */
export async function openScreen(
  host: Host,
  wish: ScreenWish,
): Promise<{ readonly mode: Mode; readonly screen: Screen }> {
  const mode = chooseMode(host, wish.live);
  if (mode === "json" || mode === "jsonl") return { mode, screen: jsonScreen(wish.path, host.sinks, mode) };
  const plain = plainScreen({
    sinks: host.sinks,
    paint: painter(host.env, host.facts.stdout),
    paintError: painter(host.env, process.stderr.isTTY === true),
    interactive: host.facts.stdin && host.facts.stdout,
    signal: host.signal,
  });
  if (mode === "plain") return { mode, screen: plain };
  const { inkScreen } = await import("./ui/ink-screen.tsx");
  const colour = wantsColour(host.env, true);
  return {
    mode,
    screen: inkScreen({
      stdout: process.stdout,
      stdin: process.stdin,
      colour,
      stop: host.stop,
      signal: host.signal,
      after: plain,
    }),
  };
}

/** Refuses `--json` together with `--jsonl`. Throws CesError USAGE_OPTION. */
export function checkModes(options: Readonly<Record<string, unknown>>): void {
  if (options["json"] === true && options["jsonl"] === true)
    throw new CesError("USAGE_OPTION", "`--json` and `--jsonl` exclude each other", {
      remedy: "leave one of them out",
    });
}

// Read from the words themselves: a line that cannot be parsed is answered in the form it asked for.
function chooseMode({ argv, env, facts }: Host, live: boolean): Mode {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  if (words.includes("--json")) return "json";
  if (words.includes("--jsonl")) return "jsonl";
  return live && facts.stdin && facts.stdout && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "" ? "ink" : "plain";
}
