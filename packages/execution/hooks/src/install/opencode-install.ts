// OpenCode: a plugin file that starts the guard before each tool and throws unless it may run.
import { CesError } from "@ces/kernel";
import { GUARD_SECONDS, type HookPrograms, startWords } from "./hook-command.ts";
import type { InstallHost, InstallRequest } from "./install-plan.ts";

/** Installs the plugin. OpenCode has no place for plugins of the whole machine. */
export const installOpencode: InstallHost = (request) => ({
  files: [
    {
      path: `${pluginFolder(request)}/ces-guard.js`,
      purpose: "a plugin that asks the guard",
      whole: true,
      edit: () => opencodePlugin(request.programs),
      remove: () => null,
    },
  ],
  notes: ["whoever can write OpenCode's plugin folder can take the guard out; the guard refuses that to the agent"],
});

function pluginFolder({ scope, places }: InstallRequest): string {
  if (scope === "managed")
    throw new CesError("GUARD_SCOPE", "OpenCode reads plugins of the account and of the project only", {
      remedy: "ces guard install --for opencode --user",
    });
  if (scope === "project") return `${places.project}/.opencode/plugin`;
  return `${places.env["XDG_CONFIG_HOME"] || `${places.home}/.config`}/opencode/plugin`;
}

/** The plugin's text. Everything that is not a clean answer throws. */
export function opencodePlugin(programs: HookPrograms): string {
  const { account, compile_cache, snapshot } = programs;
  const [program = "", ...words] = startWords(programs);
  const constants = {
    program,
    words: [...words, "opencode"],
    variables: {
      ...account,
      ...(compile_cache === null || snapshot !== null ? {} : { NODE_COMPILE_CACHE: compile_cache }),
    },
  };
  return `// Written by \`ces guard install\`; taken out by \`ces guard uninstall\`.
import { spawnSync } from "node:child_process";

const { program, words, variables } = ${JSON.stringify(constants, null, 2)};

function ask(call) {
  const env = { PATH: process.env.PATH ?? "", TMPDIR: process.env.TMPDIR ?? "", ...variables };
  const options = { input: JSON.stringify(call), encoding: "utf8", timeout: ${GUARD_SECONDS * 1000}, killSignal: "SIGKILL", env };
  const { status, stdout, stderr } = spawnSync(program, words, options);
  if (status !== 0) throw new Error(stderr || "ces guard: the guard could not be asked, so nothing runs");
  return JSON.parse(stdout);
}

export const CesGuard = async ({ directory }) => ({
  "tool.execute.before": async (input, output) => {
    const { tool, sessionID, callID } = input;
    const answer = ask({ tool, args: output.args ?? {}, cwd: directory, session: sessionID ?? "", id: callID ?? "" });
    if (answer.decision === "pass") return;
    if (answer.decision === "instead" && typeof answer.command === "string") output.args.command = answer.command;
    else throw new Error(String(answer.reason ?? "ces guard: refused"));
  },
});
`;
}
