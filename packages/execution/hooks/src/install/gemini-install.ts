// Gemini CLI: `settings.json`, hooks of `BeforeTool`; its times are milliseconds.
import { hookCommand, HOST_SECONDS } from "./hook-command.ts";
import type { InstallHost, InstallRequest } from "./install-plan.ts";
import { jsonHookFile } from "./json-hook-file.ts";

/** Installs the hook for every tool. */
export const installGemini: InstallHost = (request) => ({
  files: [jsonHookFile(settingsPath(request), [{ path: ["hooks", "BeforeTool"], element: geminiHook(request) }])],
  notes: [
    "hooks run only while Gemini CLI has them enabled (`/hooks`); a hook that fails otherwise than by exit 2 lets the tool run, which is why the line turns every failure into exit 2",
  ],
});

const geminiHook = ({ programs }: InstallRequest): object => ({
  matcher: ".*",
  hooks: [
    { name: "ces-guard", type: "command", command: hookCommand("gemini", programs), timeout: HOST_SECONDS * 1000 },
  ],
});

function settingsPath({ scope, places }: InstallRequest): string {
  if (scope === "managed") return `${places.system}etc/gemini-cli/settings.json`;
  return `${scope === "project" ? places.project : places.home}/.gemini/settings.json`;
}
