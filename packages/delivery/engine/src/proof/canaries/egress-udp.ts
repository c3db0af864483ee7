// No datagram leaves, and no name is asked for (S39).
import type { LookCanary } from "../canary.ts";

/** Leaving by datagrams, as a name's question would. */
export const egressUdp: LookCanary = {
  kind: "look",
  id: "egress-udp",
  attempts: "send a datagram to a socket on the host's loopback, and a question to a name server outside",
  must: "nothing arrives, nothing leaves",
  script: ({ udp_port }) => `
# Into the box's own loopback this succeeds; the host says whether it came.
bash -c 'echo x >/dev/udp/127.0.0.1/${udp_port}'
n=$((n + 1))
attempt 'a datagram left for a name server outside' bash -c 'echo x >/dev/udp/192.0.2.1/53'
attempt 'a name was resolved' timeout 3 getent ahosts ces-canary.example.com
`,
  breached: ({ heard }) => (heard.includes("udp") ? ["the host's socket heard a datagram"] : []),
};
