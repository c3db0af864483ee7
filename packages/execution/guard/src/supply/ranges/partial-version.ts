// A version of which only the first numbers are said (`1`, `1.2.x`, `1.*`), and the bounds that a caret, a tilde or a star put around it.
import type { Clause } from "./comparator.ts";

/** The numbers that are said, at most four, and the suffix (`-rc.1`) of a full one. */
export interface PartialVersion {
  readonly numbers: readonly string[];
  readonly suffix: string;
}

const SHAPE = /^[v=]*(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?([-+][0-9A-Za-z.+-]*)?$/;

/** Reads it; undefined when it is something else. A star or nothing at all says no number. */
export function readPartial(text: string): PartialVersion | undefined {
  if (text === "") return { numbers: [], suffix: "" };
  const found = SHAPE.exec(text);
  if (!found) return undefined;
  const said = [found[1], found[2], found[3], found[4]];
  const star = said.findIndex((number) => number === undefined || !/^\d+$/.test(number));
  const numbers = said.slice(0, star === -1 ? 4 : star).filter((number) => number !== undefined);
  return { numbers, suffix: found[5] ?? "" };
}

/** The lowest version that begins so. */
export const lowest = ({ numbers, suffix }: PartialVersion): string =>
  [...numbers, "0", "0", "0"].slice(0, Math.max(3, numbers.length)).join(".") + suffix;

/** The first version past all that share the first `count` numbers; undefined for `count` zero: there is none. */
export function past({ numbers }: PartialVersion, count: number): string | undefined {
  const kept = numbers.slice(0, count);
  const last = kept.pop();
  return last === undefined ? undefined : lowest({ numbers: [...kept, increment(last)], suffix: "" });
}

/** From this version up to the first past its `count` first numbers. */
export function between(version: PartialVersion, count: number): Clause {
  if (version.numbers.length === 0) return [];
  const end = past(version, count);
  const from = { op: ">=", version: lowest(version) } as const;
  return end === undefined ? [from] : [from, { op: "<", version: end }];
}

/** `^1.2.3`: the first number that is not zero may not change. */
export function caret(version: PartialVersion): Clause {
  const firstSet = version.numbers.findIndex((number) => !/^0+$/.test(number));
  return between(version, firstSet === -1 ? version.numbers.length : firstSet + 1);
}

/** `1.2`, `1.x`: everything that begins so; a whole version is itself. */
export function prefixed(version: PartialVersion, whole: number): Clause {
  if (version.numbers.length >= whole) return [{ op: "=", version: lowest(version) }];
  return between(version, version.numbers.length);
}

// Any length: a number of a hostile version may not fit a double.
function increment(digits: string): string {
  const kept = digits.replace(/9+$/, "");
  const nines = digits.length - kept.length;
  const head = kept === "" ? "1" : kept.slice(0, -1) + String(Number(kept.at(-1)) + 1);
  return head + "0".repeat(nines);
}
