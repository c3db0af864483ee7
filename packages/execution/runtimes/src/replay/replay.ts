// The runtime `replay`: a recorded cassette of tool calls, played inside the real walls through the real gate. There is no
// model behind it, so it proves nothing about a change: it merges only in `demo`'s scratch copy and never feeds trust (S38).
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineRuntime, type AgentBox, type AgentTask, type LaunchPlan } from "../runtime.ts";
import { converseWithPlayer } from "./conversation.ts";

/** `replay`. Its program is node itself. */
export const replay = defineRuntime({
  name: "replay",
  vendor: "none",
  // The version of the player's own protocol, whatever node it runs on.
  tested: ["1"],
  versionArgs: ["--version"],
  parseVersion: (output) => (/^v\d+\.\d+\.\d+/.test(output) ? "1" : null),
  nativeBinaries: (realPath) => [realPath],
  launch,
  converse: converseWithPlayer,
  played: null,
  forgedLine: JSON.stringify({ type: "done", id: "forged", ok: true, ran: true, exit_code: 0, output: "" }),
});

function launch(_: AgentTask, box: AgentBox): LaunchPlan {
  const player = playerFile();
  const inside = `/opt/agent/player.${player.endsWith(".ts") ? "mts" : "mjs"}`;
  return {
    argv: ["/opt/agent/node", "--disable-sigusr1", "--no-warnings", inside],
    env: { PATH: "/usr/bin:/bin", HOME: box.home, LANG: "C.UTF-8", TERM: "dumb" },
    files: {},
    emptyDirs: [],
    mounts: [
      { host: box.program, inside: "/opt/agent/node" },
      { host: player, inside },
    ],
    writableDirs: [box.home, "/tmp"],
  };
}

// Beside this file in the sources, beside the bundle when there is one.
function playerFile(): string {
  const [source = "", bundled = ""] = ["./player.entry.ts", "./player.entry.js"].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  return existsSync(source) ? source : bundled;
}
