// The working folder: resolved, within the policy's prefixes, a folder. Source: spec/csc.md §1.4 (126 in each case), §2.6.
import { isBelowAny, realPathOf } from "./real-path.ts";
import { resolve } from "node:path";

/** `inside` is the declared path in its plain form, `path` the real one. */
export type CwdAnswer =
  | {
      readonly kind: "there";
      readonly inside: string;
      readonly path: string;
      readonly dev: bigint;
      readonly ino: bigint;
    }
  | { readonly kind: "missing"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** Judges the declared folder; the prefixes are real paths (`realPrefixes`). Never throws. */
export function resolveCwd(declared: string, prefixes: readonly string[]): CwdAnswer {
  if (!declared.startsWith("/") || declared.includes("\0"))
    return { kind: "refused", why: `cwd \`${declared}\` is not absolute` };
  const real = realPathOf(declared);
  if (real.kind === "unreachable")
    return { kind: "missing", why: `cwd \`${declared}\` cannot be reached (${real.why})` };
  if (!isBelowAny(real.path, prefixes))
    return { kind: "refused", why: `cwd \`${declared}\` leads outside the policy's prefixes` };
  if (real.kind === "missing") return { kind: "missing", why: `cwd \`${declared}\` does not exist` };
  if (!real.stat.isDirectory()) return { kind: "missing", why: `cwd \`${declared}\` is not a folder` };
  return { kind: "there", inside: resolve(declared), path: real.path, dev: real.stat.dev, ino: real.stat.ino };
}
