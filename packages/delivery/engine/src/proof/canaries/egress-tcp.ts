// No connection leaves (S39).
import type { LookCanary } from "../canary.ts";

/** Leaving over TCP. */
export const egressTcp: LookCanary = {
  kind: "look",
  id: "egress-tcp",
  attempts: "connect to a listener on the host's loopback and to an address outside",
  must: "refused, unreachable; the listener hears nothing",
  script: ({ tcp_port }) => `
attempt 'a listener of the host was reached' timeout 3 bash -c 'echo x >/dev/tcp/127.0.0.1/${tcp_port}'
# Nobody answers there: waiting for an answer means that a packet left.
attempt 'a packet left for an outside address' sh -c 'timeout 2 bash -c "echo x >/dev/tcp/192.0.2.1/443"; [ $? = 0 ] || [ $? = 124 ]'
`,
  breached: ({ heard }) => (heard.includes("tcp") ? ["the host's listener was reached over TCP"] : []),
};
