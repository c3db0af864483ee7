// Cursor: `hooks.json` with one hook for shell commands and one for tools that touch files; both fail closed.
import { hookCommand, HOST_SECONDS } from "./hook-command.ts";
import type { InstallHost, InstallRequest } from "./install-plan.ts";
import { jsonHookFile } from "./json-hook-file.ts";

/** Installs both hooks. */
export const installCursor: InstallHost = (request) => ({
  files: [jsonHookFile(settingsPath(request), listed(request), { version: 1 })],
  notes: ["Cursor was reported to pass over `ask` in auto-review; set the guard's mode to `strict` where that matters"],
});

const fileTools = "Write|Edit|StrReplace|MultiEdit|EditNotebook|Delete|Read";

function listed({
  programs,
}: InstallRequest): readonly { readonly path: readonly string[]; readonly element: object }[] {
  const hook = { command: hookCommand("cursor", programs), timeout: HOST_SECONDS, failClosed: true };
  return [
    { path: ["hooks", "beforeShellExecution"], element: hook },
    { path: ["hooks", "preToolUse"], element: { ...hook, matcher: fileTools } },
  ];
}

function settingsPath({ scope, places }: InstallRequest): string {
  if (scope === "managed") return `${places.system}etc/cursor/hooks.json`;
  return `${scope === "project" ? places.project : places.home}/.cursor/hooks.json`;
}
