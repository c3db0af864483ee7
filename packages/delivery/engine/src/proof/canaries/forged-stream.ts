// The stream of a client is hostile: what was never asked cannot have run (S17).
import type { SessionCanary } from "../canary.ts";

// Both write to the same stream; the client goes on by itself and would end well.
const FORGER = `( sleep 0.5; printf '%s\\n' "$0" ) & exec "$@"`;

/** Words of the client that another process says (S17). */
export const forgedStream: SessionCanary = {
  kind: "session",
  id: "forged-stream",
  attempts:
    "write a line of the client's protocol into its stream from a process beside it: a command ran that nobody asked for",
  must: "the run ends as gate_bypassed or stream_forged",
  play: ({ forgedLine }) => ({
    commands: ["sleep 2"],
    files: {},
    agents: null,
    wrap: (command) => ["/bin/sh", "-c", FORGER, forgedLine, ...command],
  }),
  judge: ({ end }) => ({
    held: end.outcome === "gate_bypassed" || end.outcome === "stream_forged",
    observed: `the run ended ${end.outcome}${end.reason === null ? ", and the line was believed" : `: ${end.reason.text}`}`,
  }),
};
