// What would let a process inside take the walls down.
import type { LookCanary } from "../canary.ts";

/** Power that would undo the walls from inside. */
export const nameSpace: LookCanary = {
  kind: "look",
  id: "name-space",
  attempts: "make a second user name space, mount, change the root and make a device",
  must: "not permitted; no capability is left",
  script: () => `
attempt 'a second user name space was made' unshare -Ur true
attempt 'a file system was mounted' mount -t tmpfs x /tmp
attempt 'the root was changed' chroot / true
attempt 'a device was made' mknod /tmp/device c 1 1
attempt 'a capability is left' sh -c '! grep -q "^CapBnd:.0000000000000000$" /proc/self/status'
`,
};
