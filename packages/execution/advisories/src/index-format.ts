// The compiled file: a header, then for each ecosystem two hash tables (malicious packages apart) over blocks of JSON, one block a name.
// A look-up reads a page of buckets and, on a hit, one block; both carry a checksum, so that damage is found where it matters.
//
//   "CESADV1\n" | u32 header length | sha256 of the header | header (JSON) | body
//   bucket, 16 bytes: u32 fingerprint | u40 offset in the body | u24 length | u32 crc of the block; length 0 is empty
import { hash } from "node:crypto";
import type { AdvisoryRecord, AffectedInterval, Ecosystem } from "@ces/guard/supply";
import { parseJson } from "@ces/kernel";

export const MAGIC = "CESADV1\n";
export const PREAMBLE_BYTES = MAGIC.length + 4 + 32;
export const BUCKET_BYTES = 16;
/** Buckets are read and checked by the page. */
export const PAGE_BYTES = 64 * 1024;
export const MAX_HEADER = 16 * 1024 * 1024;
export const MAX_BLOCK = 2 ** 24 - 1;

/** What is known of one ecosystem. `as_of` in milliseconds since 1970. */
export interface EcosystemCount {
  readonly ecosystem: Ecosystem;
  readonly as_of: number;
  readonly malicious: number;
  readonly vulnerable: number;
  readonly names: number;
}

/** One hash table of the file. Offsets are in the body. */
export interface TableHeader {
  readonly ecosystem: Ecosystem;
  readonly kind: "malicious" | "vulnerable";
  readonly at: number;
  /** A power of two. */
  readonly buckets: number;
  /** crc32 of each page. */
  readonly pages: readonly number[];
}

/** The header, as it is stored. */
export interface IndexHeader {
  readonly format: 1;
  readonly as_of: number;
  readonly made_at: number;
  readonly ecosystems: readonly EcosystemCount[];
  readonly tables: readonly TableHeader[];
  /** Of the body; read whole only by a verification. */
  readonly body_bytes: number;
  readonly body_sha256: string;
}

/** Where a name belongs, and what tells it from most others there. */
export function nameHash(name: string): { readonly bucket: number; readonly fingerprint: number } {
  const bytes = Buffer.from(hash("sha256", name, "hex").slice(0, 16), "hex");
  return { bucket: bytes.readUInt32BE(0), fingerprint: bytes.readUInt32BE(4) };
}

type StoredInterval = readonly [from: string | null, to: string | null, including: 0 | 1];
type StoredRecord = readonly [
  id: string,
  summary: string,
  cvss: number | null,
  fixed: string | null,
  intervals: readonly StoredInterval[],
  versions: readonly string[],
];

/** One name's records as a block. The name stands in it, since a fingerprint is no proof. */
export function encodeBlock(name: string, records: readonly AdvisoryRecord[]): Buffer {
  const stored: readonly StoredRecord[] = records.map((one) => [
    one.id,
    one.summary,
    one.cvss,
    one.fixed,
    one.intervals.map(({ from, to, including }): StoredInterval => [from, to, including ? 1 : 0]),
    one.versions,
  ]);
  return Buffer.from(JSON.stringify([name, stored]), "utf8");
}

/** The records of a block, or undefined when it is another name's. Throws when the block is none. */
export function decodeBlock(
  bytes: Uint8Array,
  { ecosystem, kind, name }: Pick<TableHeader, "ecosystem" | "kind"> & { readonly name: string },
): readonly AdvisoryRecord[] | undefined {
  const read = parseJson(bytes, { maxBytes: MAX_BLOCK, maxDepth: 8 });
  if (read.kind === "refused" || !Array.isArray(read.value)) throw new Error("a block is no list");
  // SAFETY: the checksum of these bytes was compared; only `encodeBlock` writes what has it.
  const [stored, records] = read.value as unknown as readonly [string, readonly StoredRecord[]];
  if (stored !== name) return undefined;
  return records.map(([id, summary, cvss, fixed, intervals, versions]) => ({
    id,
    malicious: kind === "malicious",
    summary,
    cvss,
    fixed,
    ecosystem,
    name,
    intervals: intervals.map(([from, to, including]): AffectedInterval => ({ from, to, including: including === 1 })),
    versions,
  }));
}
