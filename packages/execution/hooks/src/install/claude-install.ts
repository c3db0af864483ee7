// Claude Code: `settings.json`, with `onFailure: "block"` (2.1.295 and later) beside the line that fails closed by itself.
import { hookCommand, HOST_SECONDS } from "./hook-command.ts";
import type { InstallHost, InstallRequest } from "./install-plan.ts";
import { jsonHookFile } from "./json-hook-file.ts";

/** Installs the hook before every tool, and after a shell's, where only an alarm can come of it. In a project it is the local file: the line holds paths of this machine. */
export const installClaude: InstallHost = (request) => ({
  files: [
    jsonHookFile(settingsPath(request), [
      { path: ["hooks", "PreToolUse"], element: claudeHook(request) },
      { path: ["hooks", "PostToolUse"], element: claudeAlarm(request) },
    ]),
  ],
  notes: notes(request),
});

/** The element of `hooks.PreToolUse`. */
export const claudeHook = ({ programs }: Pick<InstallRequest, "programs">): object => ({
  matcher: "*",
  hooks: [{ type: "command", command: hookCommand("claude", programs), timeout: HOST_SECONDS, onFailure: "block" }],
});

/** The element of `hooks.PostToolUse`: says when a changed command ran unchanged. */
const claudeAlarm = ({ programs }: Pick<InstallRequest, "programs">): object => ({
  matcher: "Bash",
  hooks: [{ type: "command", command: hookCommand("claude", programs), timeout: HOST_SECONDS }],
});

function settingsPath({ scope, places }: InstallRequest): string {
  if (scope === "managed") return `${places.system}etc/claude-code/managed-settings.json`;
  if (scope === "project") return `${places.project}/.claude/settings.local.json`;
  return `${places.env["CLAUDE_CONFIG_DIR"] || `${places.home}/.claude`}/settings.json`;
}

function notes({ scope }: InstallRequest): readonly string[] {
  if (scope === "managed") return [];
  return [
    "a repository whose `.claude/settings.json` says `disableAllHooks` switches the hook off, and one that sets `LD_PRELOAD` there can answer for it; `--managed` withstands the first",
  ];
}
