// How codex is started: its app-server, one configuration file, and nothing else that could configure it (S04).
import { dirname } from "node:path";
import { CesError } from "@ces/kernel";
import type { AgentBox, AgentTask, LaunchPlan } from "../runtime.ts";
import { codexConfig } from "./config-toml.ts";

const inside = "/opt/agent";

/** The whole plan. Throws CesError `RUNTIME_LAYOUT` when the binary is not in its vendor folder. */
export function launchCodex(task: AgentTask, box: AgentBox): LaunchPlan {
  const home = `${box.home}/.codex`;
  return {
    argv: [`${inside}/bin/codex`, "app-server", "--strict-config"],
    env: {
      PATH: "/usr/bin:/bin",
      HOME: box.home,
      CODEX_HOME: home,
      LANG: "C.UTF-8",
      TERM: "dumb",
      // SECURITY: never a key; it must only not be empty. The gateway puts the real one in.
      GATE_KEY: "dummy",
    },
    // Not auth.json: an empty one costs five seconds at every start, and a provider with its own key never reads it.
    files: {
      [`${home}/config.toml`]: codexConfig(task, box),
      [`${home}/hooks.json`]: "{}\n",
      [`${home}/AGENTS.md`]: "",
      [`${home}/AGENTS.override.md`]: "",
      [`${home}/managed_config.toml`]: "",
    },
    emptyDirs: [
      "/etc/codex",
      ...["agents", "plugins", "prompts", "rules", "skills"].map((name) => `${home}/${name}`),
      `${box.home}/.agents`,
      `${box.workspace}/.codex`,
    ],
    // The client looks for its helpers beside the binary: the whole vendor folder.
    mounts: [{ host: vendorFolder(box.program), inside }],
    writableDirs: [box.home, "/tmp"],
  };
}

function vendorFolder(program: string): string {
  if (!program.endsWith("/bin/codex"))
    throw new CesError("RUNTIME_LAYOUT", `\`${program}\` is not codex's native binary (…/vendor/<triple>/bin/codex)`, {
      remedy: "set CES_CODEX_BIN to the native binary",
    });
  return dirname(dirname(program));
}
