// The files CES itself puts into a box: who the user is, and whatever configures the client (S04).
import type { BoxPlan } from "./plan.ts";

/** A file as it will be written below the box root, and where it shows inside. */
export type BoxFile = { readonly source: string; readonly inside: string; readonly content: string };

const SYSTEM_FILES: Readonly<Record<string, string>> = {
  "/etc/passwd":
    "root:x:0:0:root:/root:/usr/sbin/nologin\nagent:x:1000:1000:agent:/home/agent:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
  "/etc/group": "root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n",
  "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost sandbox\n",
  "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
  // SECURITY: S19. The host's /etc/gitconfig may carry credentials; the tree's owner may show as nobody.
  "/etc/gitconfig": "[safe]\n\tdirectory = /workspace\n",
};

/** All generated files in a fixed order; the plan's own win over the system's. */
export function boxFiles(plan: Pick<BoxPlan, "root" | "files">): readonly BoxFile[] {
  const all = { ...SYSTEM_FILES, ...plan.files };
  return Object.keys(all)
    .toSorted()
    .map((inside, at) => ({ source: `${plan.root}/files/${at}`, inside, content: all[inside] ?? "" }));
}
