// Is the guard wired into a host, in the form that holds, and does the hook answer? Nothing is believed that can be asked.
import {
  hookCommand,
  hostInstall,
  HARMLESS_COMMAND,
  type HostName,
  type InstallRequest,
  MARK,
  planInstall,
  readSettings,
  REFUSED_COMMAND,
  startWords,
} from "@ces/hooks";
import { isCesError } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";
import type { Finding } from "../doctor/examine.ts";
import { runCanary } from "./run-canary.ts";

/** How a host's files of one scope are: as this installation writes them, otherwise with a guard of ours, or without. */
export type Wiring =
  | { readonly kind: "current"; readonly request: InstallRequest; readonly path: string }
  | { readonly kind: "differs"; readonly request: InstallRequest; readonly path: string }
  | { readonly kind: "none" };

/** Looks at the files of a host and scope. Throws nothing: settings that cannot be read are a wiring that differs. */
export function wiringOf(request: InstallRequest): Wiring {
  try {
    const { files } = hostInstall(request);
    const [first] = files;
    if (first === undefined) return { kind: "none" };
    const present = files.filter(({ path }) => (readSettings(path) ?? "").includes(MARK));
    if (present.length === 0) return { kind: "none" };
    const { changes } = planInstall(request, readSettings);
    const [change] = changes;
    return change === undefined
      ? { kind: "current", request, path: first.path }
      : { kind: "differs", request, path: change.path };
  } catch (error) {
    if (isCesError(error, "GUARD_SCOPE")) return { kind: "none" };
    if (isCesError(error)) return { kind: "differs", request, path: error.message };
    throw error;
  }
}

/** A finding about the files. */
export function wiringFinding(wiring: Exclude<Wiring, { kind: "none" }>): Finding {
  const { host, scope } = wiring.request;
  const name = `${host} ${scope}`;
  if (wiring.kind === "current")
    return { name, ok: true, detail: `wired, ${holds[host]}: ${wiring.path}`, remedy: null };
  const flag = scope === "user" ? "" : ` --${scope}`;
  return {
    name,
    ok: false,
    detail: `not as this installation writes it: ${wiring.path}`,
    remedy: `ces guard install --for ${host}${flag}`,
  };
}

const holds: Readonly<Record<HostName, string>> = {
  claude: "a failing hook blocks (onFailure, and the line itself)",
  codex: "a failing hook blocks (the line itself)",
  gemini: "a failing hook blocks (the line itself)",
  cursor: "a failing hook blocks (failClosed, and the line itself)",
  copilot: "a failing hook blocks (the line itself)",
  opencode: "a failing hook blocks (the plugin throws)",
};

/** Runs the configured line with a call that must be refused and one that must not. Only a line that is current is run. */
export async function examineCanary(
  ctx: CommandContext,
  { request }: Extract<Wiring, { kind: "current" }>,
): Promise<readonly Finding[]> {
  const { host, places } = request;
  const env = {
    PATH: ctx.env["PATH"],
    HOME: ctx.env["HOME"],
    TMPDIR: ctx.env["TMPDIR"],
    USER: ctx.env["USER"],
    ...opencodeAccount(request),
  };
  const ask = (command: string) => runCanary(hookWords(request), { host, command, cwd: places.project }, env);
  const refused = await ask(REFUSED_COMMAND);
  const harmless = await ask(HARMLESS_COMMAND);
  return [
    {
      name: `${host} canary`,
      ok: refused.meaning === "refused",
      detail: `\`${REFUSED_COMMAND}\` ${refused.meaning === "refused" ? "is refused" : "IS NOT REFUSED"}, after ${refused.took_ms} ms`,
      remedy: refused.meaning === "refused" ? null : `ces guard install --for ${host}`,
    },
    {
      name: `${host} harmless`,
      ok: harmless.meaning === "runs",
      detail: `\`${HARMLESS_COMMAND}\` ${harmless.meaning === "runs" ? "passes" : `is stopped: ${harmless.said.trim().slice(0, 300)}`}`,
      remedy:
        harmless.meaning === "runs"
          ? null
          : "look at the reason; mode `strict` and a guard that cannot start stop everything",
    },
  ];
}

// The plugin starts the program without a shell.
const hookWords = ({ host, programs }: InstallRequest): readonly string[] =>
  host === "opencode" ? [...startWords(programs), host] : ["/bin/sh", "-c", hookCommand(host, programs)];

const opencodeAccount = ({ host, programs }: InstallRequest): Readonly<Record<string, string>> =>
  host === "opencode" ? (programs.account ?? {}) : {};
