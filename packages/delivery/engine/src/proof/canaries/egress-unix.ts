// The name space of abstract sockets belongs to the network's: a box has its own.
import type { LookCanary } from "../canary.ts";

const dial = (name: string): string =>
  `require('net').connect({ path: '\\\\0${name}' }).on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;

/** Leaving by an abstract unix socket, which no mount hides. */
export const egressUnix: LookCanary = {
  kind: "look",
  id: "egress-unix",
  attempts: "connect to an abstract unix socket of the host",
  must: "there is no such socket in the box's network",
  script: ({ unix_name }) => `
[ -n "$NODE" ] || exit 1
attempt 'an abstract socket of the host was reached' timeout 5 $NODE -e "${dial(unix_name)}"
`,
  breached: ({ heard }) => (heard.includes("unix") ? ["the host's abstract socket was reached"] : []),
};
