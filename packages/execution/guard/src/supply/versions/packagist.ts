// Versions of Composer packages: up to four numbers, then a stability (dev, alpha, beta, RC, stable, patch).
import { markPart, numberPart, type VersionKey } from "./version-key.ts";

const SHAPE =
  /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)(?:[.-]?(\d+)(?:[.-]\d+)*)?)?([.-]?dev)?(?:\+[0-9a-z.-]*)?\s*$/;
const RANKS: ReadonlyMap<string, number> = new Map([
  ["dev", 1],
  ["alpha", 2],
  ["a", 2],
  ["beta", 3],
  ["b", 3],
  ["rc", 4],
  ["stable", 5],
  ["patch", 6],
  ["pl", 6],
  ["p", 6],
]);
const PAD = markPart(0);

/** The key of a version, undefined for a branch (`dev-main`) or anything else. */
export function packagistKey(version: string): VersionKey | undefined {
  const found = SHAPE.exec(version.toLowerCase());
  if (!found) return undefined;
  const [, first, second, third, fourth, word, digits = "", dev] = found;
  const numbers = [first, second, third, fourth].map((one) => numberPart(5, one ?? ""));
  const plainDev = word === undefined && dev !== undefined;
  const rank = RANKS.get(plainDev ? "dev" : (word ?? "stable")) ?? 5;
  return { parts: [...numbers, numberPart(rank, digits), markPart(dev === undefined ? 2 : 1)], pad: PAD };
}
