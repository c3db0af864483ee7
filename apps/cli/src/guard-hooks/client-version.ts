// The version of a client on PATH, as it prints it. Nothing of a project is run.
import type { HostName } from "@ces/hooks";
import { askProgram, resolveTool } from "@ces/sandbox";
import type { CommandContext } from "../define-command.ts";
import { allowProbe } from "../wire/allow-probe.ts";

const programs: Readonly<Record<HostName, string>> = {
  claude: "claude",
  codex: "codex",
  gemini: "gemini",
  cursor: "cursor-agent",
  copilot: "copilot",
  opencode: "opencode",
};

/** Its first line and its path; null when there is none outside the project, or it says nothing. */
export async function clientVersion(
  host: HostName,
  { env, cwd }: CommandContext,
): Promise<{ readonly version: string; readonly path: string } | null> {
  const override = host === "claude" || host === "codex" ? env[`CES_${host.toUpperCase()}_BIN`] : undefined;
  const search = { path: env["PATH"] ?? "", forbiddenRoots: cwd === "/" ? [] : [cwd] };
  const found = resolveTool(programs[host], override === undefined ? search : { ...search, override });
  if (found.kind === "missing") return null;
  const { path } = found.tool;
  const own = { PATH: env["PATH"] ?? "", HOME: "/nonexistent" };
  const { said } = await askProgram(
    { program: path, args: ["--version"], env: own, timeout_ms: 10_000 },
    allowProbe(path),
  );
  return said === undefined ? null : { version: (said.split("\n")[0] ?? "").trim(), path };
}
