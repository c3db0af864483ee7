// A file that the person named, read whole up to a bound; its content is attacker-controlled and only ever parsed as data.
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { CesError } from "@ces/kernel";

/** The text of a regular file. Throws CesError `USAGE_FILE`. */
export function readCapped(path: string, most: number): string {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    if (stats.isFile() && stats.size <= most) return readFileSync(fd, "utf8");
  } catch (error) {
    throw new CesError("USAGE_FILE", `\`${path}\` cannot be read`, {
      remedy: "name a file that is there",
      cause: error,
    });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
  throw new CesError("USAGE_FILE", `\`${path}\` is no file of at most ${most} bytes`, {
    remedy: "name a file that is there",
  });
}
