// The tree of a proof: a file outside the scope, a scope, and a protected file inside it. Written on the host, compared there afterwards.
import type { Seen } from "./canary.ts";

/** Path → text. */
export const PLANTED_TREE: Readonly<Record<string, string>> = {
  "README.md": "A tree that canaries of CES try to break out of.\n",
  "out/protected.txt": "A protected file inside the scope.\n",
};
/** What a contract would grant and forbid. */
export const PLANTED_SCOPE = { write: ["out/**"], forbidden: ["out/protected.txt"] } as const;

/** Files that are not what was planted, in words. */
export function untouched({ left }: Pick<Seen, "left">): readonly string[] {
  return Object.entries(PLANTED_TREE).flatMap(([path, text]) => {
    const found = left(path);
    return found.kind === "read" && found.bytes.toString("utf8") === text
      ? []
      : [`${path} is not as it was on the host`];
  });
}
