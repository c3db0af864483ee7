// A path that nobody else can swap under us: no link, no foreign owner, no directory that others may write into (S07, S10).
import { lstatSync, type Stats } from "node:fs";
import { isAbsolute, join, normalize, sep } from "node:path";
import { CesError } from "@ces/kernel";

/** What is wrong with one component of a path; undefined: nothing. */
export function componentFault(path: string, stats: Stats): string | undefined {
  const me = ownUid();
  if (stats.isSymbolicLink()) return stats.uid === 0 && me !== 0 ? undefined : `\`${path}\` is a link`;
  if (stats.uid !== me && stats.uid !== 0) return `\`${path}\` belongs to another user`;
  const openToOthers = stats.isDirectory() && (stats.mode & 0o022) !== 0 && (stats.mode & 0o1000) === 0;
  return openToOthers ? `others may write into \`${path}\`` : undefined;
}

/** Checks every existing component of an absolute path, from the root down. Throws CesError STATE_UNSAFE. */
export function checkComponents(path: string): void {
  if (!isAbsolute(path) || normalize(path) !== path) throw unsafe(`\`${path}\` is not an absolute plain path`);
  let at: string = sep;
  for (const name of path.split(sep).filter((part) => part !== "")) {
    at = join(at, name);
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (!stats) return;
    const fault = componentFault(at, stats);
    if (fault) throw unsafe(fault);
  }
}

/** The user id that CES runs as. */
export function ownUid(): number {
  return process.geteuid?.() ?? 0;
}

/** STATE_UNSAFE (exit 5): the state folder or something in it is not ours alone. */
export function unsafe(fault: string, cause?: unknown): CesError {
  return new CesError("STATE_UNSAFE", `the state of CES must be ours alone, but ${fault}`, {
    remedy: "set XDG_STATE_HOME to an absolute folder of your own, outside every project, with mode 0700",
    ...(cause === undefined ? {} : { cause }),
  });
}
