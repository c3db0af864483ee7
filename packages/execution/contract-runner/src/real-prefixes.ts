// The prefixes of a policy as the disk has them. A prefix may be a link, and then its target counts — unless a contract could have put
// the link there: what lies below a writable prefix is no word of the operator (F-02).
import { resolve } from "node:path";
import type { CscPolicy } from "@ces/contract";
import { isBelow, realPathOf } from "./real-path.ts";

/** Real paths, for each kind of scope. */
export type RealPrefixes = {
  readonly cwd: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
};

/** Resolves all prefixes of a policy now. A prefix that cannot be reached, or leads through a link of doubtful origin, grants nothing. */
export function realPrefixes(policy: CscPolicy): RealPrefixes {
  const writable = (policy.allowed_write_prefixes ?? []).map((prefix) => resolve(prefix));
  const real = (prefixes: readonly string[]): readonly string[] =>
    prefixes.flatMap((prefix) => {
      const plain = resolve(prefix);
      const found = realPathOf(plain);
      if (found.kind === "unreachable") return [];
      const doubtful = found.path !== plain && writable.some((root) => root !== plain && isBelow(plain, root));
      return doubtful ? [] : [found.path];
    });
  return {
    cwd: real(policy.allowed_cwd_prefixes),
    read: real(policy.allowed_read_prefixes),
    write: real(policy.allowed_write_prefixes ?? []),
  };
}
