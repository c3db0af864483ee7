// Before anything in a box runs, the box is compared with what was judged: each place and each program is the inode that was looked at,
// the first process has no capability and is filtered. A link that was swapped in between is found here (F-02), whatever bwrap made of it.
import { lstatSync, readFileSync, type BigIntStats } from "node:fs";
import { CesError } from "@ces/kernel";
import type { Box } from "@ces/sandbox";
import type { Grant } from "./grant-scope.ts";
import type { ProgramFile } from "./program-file.ts";

/** What must be in the box. */
export type Expected = { readonly grants: readonly Grant[]; readonly programs: readonly ProgramFile[] };

/** Throws CesError `BOX_UNEXPECTED` when the box is not what was judged. */
export function confirmBox(box: Box, { grants, programs }: Expected): void {
  const root = `/proc/${box.init.pid}/root`;
  for (const { inside, dev, ino } of grants)
    if (!isSame(lstatInside(root + inside), dev, ino)) throw unexpected(inside);
  for (const { path, dev, ino, ctime } of programs) {
    const stat = lstatInside(root + path);
    if (!isSame(stat, dev, ino) || stat?.ctimeNs !== ctime) throw unexpected(path);
  }
  const status = readFileSync(`/proc/${box.init.pid}/status`, "utf8");
  for (const line of ["CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"])
    if (!status.split("\n").includes(line)) throw unexpected(`the wall \`${line.split(":")[0] ?? ""}\``);
  const weak = box.limits.find(({ bound }) => !bound);
  if (weak !== undefined) throw unexpected(`the limit \`${weak.name}\``);
}

function lstatInside(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isSame(stat: BigIntStats | undefined, dev: bigint, ino: bigint): boolean {
  return stat !== undefined && stat.dev === dev && stat.ino === ino;
}

function unexpected(what: string): CesError {
  return new CesError("BOX_UNEXPECTED", `\`${what}\` is not what was judged a moment ago`, {
    remedy: "find out who changes it, then run the contract again",
  });
}
