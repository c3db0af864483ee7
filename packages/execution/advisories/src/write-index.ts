// Writes the compiled file: into a temporary beside it, synced, renamed. A crash leaves the old file or the new one.
import { createHash } from "node:crypto";
import { closeSync, constants, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { AdvisoryRecord } from "@ces/guard/supply";
import { CesError } from "@ces/kernel";
import {
  BUCKET_BYTES,
  encodeBlock,
  MAGIC,
  MAX_BLOCK,
  nameHash,
  PAGE_BYTES,
  PREAMBLE_BYTES,
  type EcosystemCount,
  type IndexHeader,
  type TableHeader,
} from "./index-format.ts";

/** One table before it is written: names with their records, each name once. */
export interface TableContent extends Pick<TableHeader, "ecosystem" | "kind"> {
  readonly names: ReadonlyMap<string, readonly AdvisoryRecord[]>;
}

/** What goes into a file. */
export interface IndexContent {
  readonly as_of: number;
  readonly made_at: number;
  readonly ecosystems: readonly EcosystemCount[];
  readonly tables: readonly TableContent[];
}

/** Where it is written: `temporary` lies in the same folder as `into` and must not exist. */
export interface IndexPlace {
  readonly into: string;
  readonly temporary: string;
}

/** Writes the file whole, mode 0600. Throws ADVISORIES_LIMIT when one name has more records than a block holds. */
export function writeIndex(content: IndexContent, { into, temporary }: IndexPlace): void {
  const parts: Buffer[] = [];
  let at = 0;
  const append = (bytes: Buffer): number => {
    parts.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  const tables = content.tables.map((table) => tableOf(table, append));
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  const header: IndexHeader = {
    format: 1,
    as_of: content.as_of,
    made_at: content.made_at,
    ecosystems: content.ecosystems,
    tables,
    body_bytes: at,
    body_sha256: digest.digest("hex"),
  };
  writeParts([preamble(header), ...parts], temporary);
  renameSync(temporary, into);
  syncFolder(dirname(into));
}

function tableOf({ ecosystem, kind, names }: TableContent, append: (bytes: Buffer) => number): TableHeader {
  let buckets = 64;
  while (buckets * 0.6 < names.size) buckets *= 2;
  const table = Buffer.alloc(buckets * BUCKET_BYTES);
  // Sorted: the same records make the same bytes.
  for (const name of [...names.keys()].toSorted()) {
    const block = encodeBlock(name, names.get(name) ?? []);
    if (block.length > MAX_BLOCK)
      throw new CesError("ADVISORIES_LIMIT", `there are too many advisories on \`${name.slice(0, 100)}\``, {
        remedy: "ces guard deps status",
      });
    place(table, buckets, name, { offset: append(block), length: block.length, crc: crc32(block) });
  }
  const pages: number[] = [];
  for (let from = 0; from < table.length; from += PAGE_BYTES)
    pages.push(crc32(table.subarray(from, from + PAGE_BYTES)));
  return { ecosystem, kind, at: append(table), buckets, pages };
}

interface Placed {
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

function place(table: Buffer, buckets: number, name: string, { offset, length, crc }: Placed): void {
  const { bucket, fingerprint } = nameHash(name);
  let slot = bucket & (buckets - 1);
  while (table.readUIntBE(slot * BUCKET_BYTES + 9, 3) !== 0) slot = (slot + 1) & (buckets - 1);
  const at = slot * BUCKET_BYTES;
  table.writeUInt32BE(fingerprint, at);
  table.writeUIntBE(offset, at + 4, 5);
  table.writeUIntBE(length, at + 9, 3);
  table.writeUInt32BE(crc, at + 12);
}

function preamble(header: IndexHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header), "utf8");
  const head = Buffer.alloc(PREAMBLE_BYTES);
  head.write(MAGIC, 0, "latin1");
  head.writeUInt32BE(json.length, MAGIC.length);
  createHash("sha256")
    .update(json)
    .digest()
    .copy(head, MAGIC.length + 4);
  return Buffer.concat([head, json]);
}

function writeParts(parts: readonly Buffer[], path: string): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    for (const chunk of joined(parts)) for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

// A hundred thousand small blocks are not a hundred thousand writes.
function* joined(parts: readonly Buffer[]): Generator<Buffer> {
  let some: Buffer[] = [];
  let bytes = 0;
  for (const part of parts) {
    some.push(part);
    bytes += part.length;
    if (bytes < 1024 * 1024) continue;
    yield Buffer.concat(some);
    [some, bytes] = [[], 0];
  }
  yield Buffer.concat(some);
}

function syncFolder(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
