// Advisories from records in memory: for tests, and for `--advisories F` with one JSON document a line.
import { parseJson } from "@ces/kernel";
import type { Advisories, AdvisoryRecord, Ecosystem } from "./advisories.ts";
import { findIn } from "./affected.ts";
import { readOsv, type OsvReading } from "./osv.ts";
import { packageKey } from "./package-key.ts";

/** Advisories over these readings; `as_of` is the newest change among them. */
export function advisoryList(readings: readonly OsvReading[]): Advisories {
  const byName = new Map<string, AdvisoryRecord[]>();
  const covered = new Set<Ecosystem>();
  for (const record of readings.flatMap((reading) => (reading.kind === "advisory" ? reading.records : []))) {
    covered.add(record.ecosystem);
    const key = `${record.ecosystem}\n${record.name}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [record]);
    else known.push(record);
  }
  const about: Advisories["about"] = (ecosystem, name) =>
    byName.get(`${ecosystem}\n${packageKey(ecosystem, name)}`) ?? [];
  return {
    as_of: readings.reduce((newest, one) => Math.max(newest, one.kind === "refused" ? 0 : one.modified), 0),
    covers: (ecosystem) => covered.has(ecosystem),
    about,
    find: (ecosystem, name, version) => findIn(about(ecosystem, name), version),
    fault: () => null,
  };
}

/** Reads OSV records, one JSON document a line. A line that is none is a refused reading; blank lines are skipped. */
export function readOsvLines(text: string): readonly OsvReading[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const read = parseJson(line, { maxBytes: 4 * 1024 * 1024, maxDepth: 32 });
      return read.kind === "parsed" ? readOsv(read.value) : { kind: "refused", why: `it is no JSON (${read.cause})` };
    });
}
