// What is known of each ecosystem, as data and as a table.
import type { EcosystemCount } from "@ces/advisories";
import { table } from "../view/layout.ts";
import { attention, good, type Line, plain, strong } from "../view/line.ts";

const [DAY, FRESH_DAYS] = [86_400_000, 7] as const;

/** One ecosystem as it is printed. */
export const ecosystemData = ({ ecosystem, as_of, malicious, vulnerable, names }: EcosystemCount, now: number) => ({
  ecosystem,
  as_of: new Date(as_of).toISOString().slice(0, 10),
  days: Math.max(0, Math.floor((now - as_of) / DAY)),
  malicious,
  vulnerable,
  names,
});

export type EcosystemData = ReturnType<typeof ecosystemData>;

/** True when the data is too old to be believed. */
export const isStale = ({ days }: EcosystemData): boolean => days >= FRESH_DAYS;

/** The table of all of them. */
export const ecosystemTable = (all: readonly EcosystemData[]): readonly Line[] =>
  table(
    ["ecosystem", "as of", "malicious", "vulnerable", "packages"],
    all.map((one) => [
      strong`${one.ecosystem}`,
      isStale(one) ? attention`${one.as_of}, ${one.days} days old` : good`${one.as_of}`,
      plain`${one.malicious}`,
      plain`${one.vulnerable}`,
      plain`${one.names}`,
    ]),
  );
