// What stands outside the tree is not there.
import type { LookCanary } from "../canary.ts";

/** Reading what lies outside the tree. */
export const deniedRead: LookCanary = {
  kind: "look",
  id: "denied-read",
  attempts: "read a file of the host outside the tree, also by way of /proc, and the system's passwords",
  must: "no such file inside",
  script: ({ outside_file, pattern }) => `
attempt 'a file of the host was read' grep -qE '${pattern.outside}' '${outside_file}'
attempt 'a file of the host was read through /proc' grep -qE '${pattern.outside}' '/proc/1/root${outside_file}'
attempt '/etc/shadow was read' grep -q . /etc/shadow
`,
};
