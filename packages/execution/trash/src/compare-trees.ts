// Whether two trees are the same, entry by entry: after a copy, before what was copied is removed, and to see whether there is
// anything to put back at all.
import { closeSync, readSync, readlinkSync, type BigIntStats } from "node:fs";
import { isClose, typeOf } from "./item-facts.ts";
import { below, namesIn, openFileAt, openFolderAt, statAt, type At } from "./open-below.ts";

/**
 * `bytes`: contents are read; `sizes`: sizes and times. `part`: the second tree may lack entries of the first one. `seen`: asked for
 * each entry of the first tree; false is a change.
 */
export type Comparison = {
  readonly content: "bytes" | "sizes";
  readonly extent?: "whole" | "part";
  readonly seen?: (facts: BigIntStats) => boolean;
};

/** How `b` differs from `a`, as a clause; undefined when it does not. Modes count; owners and times of folders do not. */
export function compareTrees(a: At, b: At, how: Comparison): string | undefined {
  const [one, other] = [statAt(a), statAt(b)];
  if (one === undefined || other === undefined) return "has lost an entry";
  if (how.seen?.(one) === false) return "changed while it was copied";
  const type = typeOf(one);
  if (type !== typeOf(other)) return "has an entry of another kind";
  if (type === "link") return linkOf(a).equals(linkOf(b)) ? undefined : "has a link that leads elsewhere";
  if ((one.mode & 0o777n) !== (other.mode & 0o777n)) return "has an entry with another mode";
  if (type === "folder") return compareFolders(a, b, how);
  if (type !== "file") return undefined;
  if (one.size !== other.size) return "has a file of another size";
  if (how.content === "bytes") return sameBytes([a, one], [b, other]) ? undefined : "has a file with other content";
  return isClose(one.mtimeNs, other.mtimeNs) ? undefined : "has a file with another time";
}

function compareFolders(a: At, b: At, how: Comparison): string | undefined {
  const one = openFolderAt(a);
  try {
    const other = openFolderAt(b);
    try {
      const others = namesIn(other);
      if (how.extent !== "part" && namesIn(one).length !== others.length) return "has more or fewer entries";
      for (const name of others) {
        const fault = compareTrees({ folder: one, name }, { folder: other, name }, how);
        if (fault !== undefined) return fault;
      }
      return undefined;
    } finally {
      closeSync(other);
    }
  } finally {
    closeSync(one);
  }
}

function linkOf(at: At): Buffer {
  return readlinkSync(below(at), { encoding: "buffer" });
}

type Opened = readonly [At, BigIntStats];

function sameBytes([a, one]: Opened, [b, other]: Opened): boolean {
  const first = openFileAt(a, one);
  try {
    const second = openFileAt(b, other);
    try {
      return sameRest(first, second);
    } finally {
      closeSync(second);
    }
  } finally {
    closeSync(first);
  }
}

function sameRest(first: number, second: number): boolean {
  const [one, other] = [Buffer.allocUnsafe(256 * 1024), Buffer.allocUnsafe(256 * 1024)];
  for (;;) {
    const [got, too] = [readFully(first, one), readFully(second, other)];
    if (got !== too || !one.subarray(0, got).equals(other.subarray(0, too))) return false;
    if (got === 0) return true;
  }
}

function readFully(fd: number, into: Buffer): number {
  let filled = 0;
  for (let got = -1; got !== 0 && filled < into.length; filled += got)
    got = readSync(fd, into, filled, into.length - filled, null);
  return filled;
}
