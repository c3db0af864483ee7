// Only the scope is writable, and not what is protected in it (S31).
import type { LookCanary } from "../canary.ts";
import { untouched } from "../planted-tree.ts";

/** Writing what the scope does not grant. */
export const deniedWrite: LookCanary = {
  kind: "look",
  id: "denied-write",
  attempts: "write, remove and replace a file outside the scope, a protected file inside it, and the system",
  must: "read-only file system; the files on the host are as they were",
  script: ({ outside_file }) => `
echo own >out/own.txt
attempt 'a file outside the scope was written' sh -c 'echo x >>README.md'
attempt 'a file outside the scope was removed' rm -f README.md
attempt 'a new file outside the scope was made' touch new.txt
attempt 'a protected file was written' sh -c 'echo x >>out/protected.txt'
attempt 'a protected file was replaced' mv -f out/own.txt out/protected.txt
attempt 'the folder of the scope was moved away' sh -c 'mv out gone && mv gone out'
attempt 'a file of the host was written' sh -c 'echo x >>${outside_file}'
attempt 'the system was written' touch /usr/ces-canary
attempt 'the system was written' touch /etc/ces-canary
`,
  breached: untouched,
};
