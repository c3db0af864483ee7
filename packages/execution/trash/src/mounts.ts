// Where file systems are mounted, from the kernel's own table: a mount point is never moved, and a volume's trash stands at its top.
import { readFileSync } from "node:fs";
import { fromLatin1, isWithin, type ByteText } from "./byte-text.ts";

/** The mounts that this process sees. */
export type Mounts = {
  /** The deepest mount point that holds `path`. */
  readonly topOf: (path: ByteText) => ByteText;
  /** True when something is mounted at `path`, or anywhere below it. */
  readonly touches: (path: ByteText) => "at" | "below" | undefined;
  /** Every mount point, each once. */
  readonly points: readonly ByteText[];
};

/** Reads `/proc/self/mountinfo` (proc(5): field 5 is the mount point, with octal escapes). */
export function readMounts(text: string = readFileSync("/proc/self/mountinfo", "latin1")): Mounts {
  const points = [...new Set(text.split("\n").flatMap(mountPoint))];
  return {
    points,
    topOf: (path) =>
      points
        .filter((point) => isWithin(path, point))
        .reduce((deepest, point) => (point.length > deepest.length ? point : deepest), fromLatin1("/")),
    touches: (path) => {
      if (points.includes(path)) return "at";
      return points.some((point) => isWithin(point, path)) ? "below" : undefined;
    },
  };
}

function mountPoint(line: string): ByteText[] {
  const field = line.split(" ")[4];
  if (field === undefined) return [];
  return [
    fromLatin1(field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))),
  ];
}
