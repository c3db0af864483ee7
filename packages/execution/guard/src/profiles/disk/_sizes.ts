// Sizes as tools of the disk write them: `10M`, `1GiB`, `2x512`, `+5K`.

/** More than this is no work file: it fills disks. */
export const FILLS = 20 * 1024 ** 3;

const powers = "KMGTPEZY";

/** Bytes of a size; infinite where it is not understood. */
export function bytesOf(text: string): number {
  return text.split(/[x*]/).reduce((product, part) => product * one(part.trim()), 1);
}

function one(text: string): number {
  const match = /^[-+<>/%]?(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text);
  if (match?.[1] === undefined) return Number.POSITIVE_INFINITY;
  const unit = (match[2] ?? "").toUpperCase();
  const value = Number(match[1]);
  if (unit === "" || unit === "C") return value;
  if (unit === "W") return value * 2;
  if (unit === "B") return value * 512;
  const power = powers.indexOf(unit[0] ?? "") + 1;
  return power === 0
    ? Number.POSITIVE_INFINITY
    : value * (unit.endsWith("B") && !unit.endsWith("IB") ? 1000 : 1024) ** power;
}
