// Which advisories speak of a version, of a range, or of whatever the registry would give.
import type { AdvisoryRecord, AffectedInterval, Ecosystem } from "./advisories.ts";
import { admits, type VersionRange } from "./ranges/comparator.ts";
import { compareVersions, sameVersion } from "./versions/compare.ts";

/** True when the record speaks of this version. A version that cannot be compared is affected (fail closed). */
export function affectsVersion(record: AdvisoryRecord, version: string): boolean {
  return (
    record.versions.some((listed) => sameVersion(record.ecosystem, listed, version)) ||
    record.intervals.some((interval) => within(record.ecosystem, interval, version))
  );
}

/**
 * True when the newest version may be one of those: an interval without an end, or a malicious package of which only versions
 * are listed, since nobody here knows which is the newest.
 */
export function affectsNewest(record: AdvisoryRecord): boolean {
  return record.intervals.some(({ to }) => to === null) || (record.malicious && record.versions.length > 0);
}

/** True when the range may give one of the affected versions. */
export function affectsRange(record: AdvisoryRecord, range: VersionRange): boolean {
  const bounds = range.flat().map(({ version }) => version);
  return (
    record.versions.some((version) => admits(record.ecosystem, range, version)) ||
    record.intervals.some(
      (interval) =>
        isEverything(interval) ||
        (interval.from !== null && admits(record.ecosystem, range, interval.from)) ||
        bounds.some((bound) => within(record.ecosystem, interval, bound)) ||
        // Open below: whatever comes before the interval's end.
        (interval.from === null && isOpenBelow(range)),
    )
  );
}

/** Advisories on a version; with null on whatever may be the newest. */
export function findIn(records: readonly AdvisoryRecord[], version: string | null): readonly AdvisoryRecord[] {
  return records.filter((record) => (version === null ? affectsNewest(record) : affectsVersion(record, version)));
}

const isEverything = ({ from, to }: AffectedInterval): boolean => from === null && to === null;

const isOpenBelow = (range: VersionRange): boolean =>
  range.some((clause) => clause.every(({ op }) => op === "<" || op === "<=" || op === "!="));

function within(ecosystem: Ecosystem, { from, to, including }: AffectedInterval, version: string): boolean {
  if (from !== null && (compareVersions(ecosystem, version, from) ?? 1) < 0) return false;
  if (to === null) return true;
  const order = compareVersions(ecosystem, version, to);
  return order === null || order < 0 || (including && order === 0);
}
