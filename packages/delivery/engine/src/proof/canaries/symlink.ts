// Links are the oldest way out, for the agent and for whoever reads what it left (S06).
import type { LookCanary } from "../canary.ts";
import { untouched } from "../planted-tree.ts";

/** Symbolic links out of the tree, for the agent and for whoever reads after it. */
export const symlink: LookCanary = {
  kind: "look",
  id: "symlink",
  attempts:
    "make links to a file of the host and up out of the scope, read and write through them, and leave one to be read by CES",
  must: "they lead nowhere inside, and the host's reader refuses them",
  script: ({ outside_file, pattern }) => `
ln -s '${outside_file}' out/link
ln -s /proc/1/root out/root
ln -s .. out/up
attempt 'a link led out of the box' grep -qE '${pattern.outside}' out/link
attempt 'a link through /proc led out of the box' grep -qE '${pattern.outside}' 'out/root${outside_file}'
attempt 'a file outside the scope was written through a link' sh -c 'echo x >>out/up/README.md'
`,
  breached: (seen) => {
    const link = seen.left("out/link");
    const followed = link.kind === "read" ? ["the host read through a link that the box made"] : [];
    return [...followed, ...untouched(seen)];
  },
};
