// What an import would take back of the known malicious packages: a record that is gone, or that speaks of fewer versions.
// SECURITY: S40 — 10⁶ withdrawn records would switch the gate off; only a person may agree to that.
import type { AdvisoryRecord, AffectedInterval } from "@ces/guard/supply";

/** One record that is gone or says less than before. */
export interface LostRecord {
  readonly id: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly how: "gone" | "fewer versions";
}

/** Null when the new records still speak of everything that the old one spoke of; any malicious record on the name counts. */
export function lostRecord(old: AdvisoryRecord, fresh: readonly AdvisoryRecord[]): LostRecord | null {
  const malicious = fresh.filter((one) => one.malicious);
  const told = { id: old.id, ecosystem: old.ecosystem, name: old.name } as const;
  if (malicious.length === 0) return { ...told, how: "gone" };
  const intervals = malicious.flatMap((one) => one.intervals);
  const versions = new Set(malicious.flatMap((one) => one.versions));
  const everything = intervals.some(({ from, to }) => from === null && to === null);
  const kept =
    everything ||
    (old.versions.every((version) => versions.has(version)) &&
      old.intervals.every((interval) => intervals.some((one) => covers(one, interval))));
  return kept ? null : { ...told, how: "fewer versions" };
}

// Plain: the same ends, or open where the other one ends. What only a comparison of versions could tell counts as lost.
function covers(wide: AffectedInterval, narrow: AffectedInterval): boolean {
  const from = wide.from === null || wide.from === narrow.from;
  const to = wide.to === null || (wide.to === narrow.to && (wide.including || !narrow.including));
  return from && to;
}
