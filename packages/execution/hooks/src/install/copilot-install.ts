// Copilot CLI: a hook file of our own. A hook that runs out of time lets the tool run, so the line ends by itself before.
import { hookCommand, HOST_SECONDS } from "./hook-command.ts";
import type { InstallHost, InstallRequest } from "./install-plan.ts";

/** Installs the hook for every tool. */
export const installCopilot: InstallHost = (request) => ({
  files: [
    {
      path: filePath(request),
      purpose: "the hook",
      whole: true,
      edit: () => `${JSON.stringify(document(request), null, 2)}\n`,
      remove: () => null,
    },
  ],
  notes: ["`disableAllHooks` in a repository's settings switches the hook off; `--managed` withstands it"],
});

const document = ({ programs }: InstallRequest): object => ({
  version: 1,
  hooks: { preToolUse: [{ type: "command", bash: hookCommand("copilot", programs), timeoutSec: HOST_SECONDS }] },
});

function filePath({ scope, places }: InstallRequest): string {
  if (scope === "managed") return `${places.system}etc/github-copilot/policy.d/ces-guard.json`;
  if (scope === "project") return `${places.project}/.github/hooks/ces-guard.json`;
  return `${places.env["COPILOT_HOME"] || `${places.home}/.copilot`}/hooks/ces-guard.json`;
}
