// A second name would carry writes past a read-only mount.
import type { LookCanary } from "../canary.ts";
import { untouched } from "../planted-tree.ts";

/** Second names for files that may not be written. */
export const hardLink: LookCanary = {
  kind: "look",
  id: "hard-link",
  attempts:
    "give a file outside the scope, a protected one and a program of the system a second name in the scope, and write through it",
  must: "another mount; no second name, and the files are as they were",
  script: () => `
attempt 'a file outside the scope got a second name' ln README.md out/hard-readme
attempt 'a file outside the scope was written by its second name' sh -c '[ -e out/hard-readme ] && echo x >>out/hard-readme'
attempt 'a protected file got a second name' ln out/protected.txt out/hard-protected
attempt 'a program of the system got a second name' ln /usr/bin/env out/hard-env
exec 9<README.md
attempt 'an open file got a second name' ln -L /proc/self/fd/9 out/hard-open
`,
  breached: untouched,
};
