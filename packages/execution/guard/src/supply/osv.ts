// One OSV record (OSV schema 1.7) as advisories: closed, bounded, nothing of the foreign object kept.
// SECURITY: S40 — records come from whoever can publish one: names like `__proto__`, endless lists, empty ranges.
import { printable } from "@ces/kernel";
import { ecosystems, type AdvisoryRecord, type Ecosystem } from "./advisories.ts";
import { severityOf } from "./cvss.ts";
import { listMember, member, textMember } from "./foreign-json.ts";
import { affectedIntervals, EVERYTHING } from "./osv-range.ts";
import { packageKey } from "./package-key.ts";
import { MAX_VERSION } from "./versions/version-key.ts";

const MAX_ID = 64;
const MAX_NAME = 400;
const MAX_AFFECTED = 5_000;
const MAX_VERSIONS = 20_000;
const MAX_SUMMARY = 160;
const ID = /^[A-Za-z0-9][A-Za-z0-9:._-]*$/;

/** What one record says. `modified` is in milliseconds since 1970. */
export type OsvReading =
  | { readonly kind: "advisory"; readonly records: readonly AdvisoryRecord[]; readonly modified: number }
  /** The database took it back. */
  | { readonly kind: "withdrawn"; readonly id: string; readonly modified: number }
  | { readonly kind: "refused"; readonly why: string };

/** Reads a record that was parsed from JSON. Never throws. */
export function readOsv(record: unknown): OsvReading {
  const id = textMember(record, "id", MAX_ID);
  if (id === undefined || !ID.test(id)) return { kind: "refused", why: "it has no id" };
  const stamp = Date.parse(textMember(record, "modified", 40) ?? "");
  const modified = Number.isNaN(stamp) ? 0 : stamp;
  if (member(record, "withdrawn") !== undefined) return { kind: "withdrawn", id, modified };
  const affected = listMember(record, "affected", MAX_AFFECTED);
  if (affected === undefined) return { kind: "refused", why: `it speaks of more than ${MAX_AFFECTED} packages` };
  const about = aboutRecord(record, id);
  return { kind: "advisory", records: affected.flatMap((one) => packageRecord(one, about)), modified };
}

type About = Pick<AdvisoryRecord, "id" | "malicious" | "summary" | "cvss">;

function aboutRecord(record: unknown, id: string): About {
  const summary = textMember(record, "summary", 10_000) ?? textMember(record, "details", 100_000) ?? "";
  const malicious = id.startsWith("MAL-");
  return { id, malicious, summary: printable(summary, { max: MAX_SUMMARY }), cvss: severityOf(record) };
}

function packageRecord(affected: unknown, about: About): readonly AdvisoryRecord[] {
  const named = member(affected, "package");
  const ecosystem = ecosystemOf(textMember(named, "ecosystem", 100));
  const name = textMember(named, "name", MAX_NAME);
  if (ecosystem === undefined || name === undefined || name === "") return [];
  const listed = versionsOf(affected);
  const ranges = affectedIntervals(ecosystem, affected);
  const found = { ...about, ecosystem, name: packageKey(ecosystem, name), fixed: ranges.fixed };
  // A record of malice whose versions are not told, or too many to keep, speaks of the package as a whole.
  const untold = listed === undefined || (listed.length === 0 && ranges.intervals.length === 0);
  if (about.malicious && untold) return [{ ...found, versions: [], intervals: [EVERYTHING] }];
  return untold ? [] : [{ ...found, versions: listed, intervals: ranges.intervals }];
}

// Undefined: more than are kept.
function versionsOf(affected: unknown): readonly string[] | undefined {
  const listed = listMember(affected, "versions", MAX_VERSIONS);
  return listed?.filter((version) => typeof version === "string").filter((text) => text.length <= MAX_VERSION);
}

// OSV writes `PyPI` and, for some, a release behind a colon: `Packagist:https://…` is another registry and not taken.
function ecosystemOf(text: string | undefined): Ecosystem | undefined {
  return ecosystems.find((one) => one === text);
}
