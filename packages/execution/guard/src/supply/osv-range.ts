// The events of an OSV range as intervals (OSV schema, "Evaluation"): sorted once when a record is read, so that a look-up only compares.
import type { AffectedInterval, Ecosystem } from "./advisories.ts";
import { listMember, textMember } from "./foreign-json.ts";
import { compareVersions } from "./versions/compare.ts";
import { MAX_VERSION } from "./versions/version-key.ts";

const MAX_RANGES = 500;
const MAX_EVENTS = 2_000;

/** Every version there is. */
export const EVERYTHING: AffectedInterval = { from: null, to: null, including: false };

/** Intervals in which versions are affected, and a version that fixes the last of them. */
export interface AffectedRanges {
  readonly intervals: readonly AffectedInterval[];
  readonly fixed: string | null;
}

interface RangeEvent {
  readonly kind: "introduced" | "fixed" | "last_affected" | "limit";
  readonly version: string;
}

const kinds = ["introduced", "fixed", "last_affected", "limit"] as const;

/** The ranges of one `affected[]` item. Ranges over commits say nothing of versions and are left out. */
export function affectedIntervals(ecosystem: Ecosystem, affected: unknown): AffectedRanges {
  const ranges = listMember(affected, "ranges", MAX_RANGES);
  if (ranges === undefined) return { intervals: [EVERYTHING], fixed: null };
  const all = ranges.filter((range) => textMember(range, "type", 20) !== "GIT").map((one) => readRange(ecosystem, one));
  return {
    intervals: all.flatMap((one) => one.intervals),
    fixed: all.findLast((one) => one.fixed !== null)?.fixed ?? null,
  };
}

function readRange(ecosystem: Ecosystem, range: unknown): AffectedRanges {
  const raw = listMember(range, "events", MAX_EVENTS);
  const events = raw?.flatMap(readEvent);
  if (events === undefined) return { intervals: [EVERYTHING], fixed: null };
  const readable = events.every(
    ({ version }) => version === "0" || compareVersions(ecosystem, version, version) !== null,
  );
  // An order that cannot be told is the worst order: from the first event on, for good.
  if (!readable) return { intervals: [EVERYTHING], fixed: null };
  const sorted = events.filter(({ kind }) => kind !== "limit").toSorted((a, b) => inOrder(ecosystem, a, b));
  return {
    intervals: sweep(sorted, highestLimit(ecosystem, events)),
    fixed: sorted.findLast(({ kind }) => kind === "fixed")?.version ?? null,
  };
}

function readEvent(event: unknown): readonly RangeEvent[] {
  return kinds.flatMap((kind) => {
    const version = textMember(event, kind, MAX_VERSION);
    return version === undefined ? [] : [{ kind, version }];
  });
}

function sweep(sorted: readonly RangeEvent[], limit: string | null): readonly AffectedInterval[] {
  const intervals: AffectedInterval[] = [];
  let from: string | null | undefined;
  for (const { kind, version } of sorted) {
    if (kind === "introduced") from ??= version === "0" ? null : version;
    else if (from !== undefined) {
      intervals.push({ from, to: version, including: kind === "last_affected" });
      from = undefined;
    }
  }
  if (from !== undefined) intervals.push({ from, to: limit, including: false });
  return intervals;
}

// `*` is no limit; with several, a version below any of them counts.
function highestLimit(ecosystem: Ecosystem, events: readonly RangeEvent[]): string | null {
  const limits = events.filter(({ kind }) => kind === "limit").map(({ version }) => version);
  if (limits.length === 0 || limits.includes("*")) return null;
  return limits.reduce((highest, one) => ((compareVersions(ecosystem, one, highest) ?? 0) > 0 ? one : highest));
}

function inOrder(ecosystem: Ecosystem, left: RangeEvent, right: RangeEvent): number {
  if (left.version === right.version) return rank(left) - rank(right);
  if (left.version === "0") return -1;
  if (right.version === "0") return 1;
  const order = compareVersions(ecosystem, left.version, right.version) ?? 0;
  return order === 0 ? rank(left) - rank(right) : order;
}

// At one version an end comes before the next beginning, and a beginning before its own last affected version.
const rank = ({ kind }: RangeEvent): number => (kind === "fixed" ? 0 : kind === "introduced" ? 1 : 2);
