// Where the copies of a run's tree lie: in the folder of its box, which no process inside can write, shown read-only inside the walls,
// so that what a destructive command took can be copied back there and nowhere else (S26).
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BoxRoot, ReadOnlyMount } from "@ces/sandbox";

/** Where they are inside. */
const KEPT_INSIDE = "/run/kept";

/** The folder of the copy that the decision of this number asked for. */
export const keptPlace = ({ path }: Pick<BoxRoot, "path">, seq: number): string => join(path, "kept", String(seq));

/** Makes the folder of all copies and says how it is shown. */
export function keptMount({ path }: Pick<BoxRoot, "path">): ReadOnlyMount {
  const source = join(path, "kept");
  mkdirSync(source, { recursive: true });
  // Whatever the umask: the box user reads it.
  chmodSync(source, 0o755);
  return { source, inside: KEPT_INSIDE };
}
