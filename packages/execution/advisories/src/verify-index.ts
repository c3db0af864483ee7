// The whole file against its checksum, and every name in it: for a person who asks, and for the next import.
import { createHash } from "node:crypto";
import type { AdvisoryRecord } from "@ces/guard/supply";
import { CesError } from "@ces/kernel";
import { openIndexFile, type IndexFile } from "./index-file.ts";
import { BUCKET_BYTES, decodeBlock, type IndexHeader, type TableHeader } from "./index-format.ts";

const CHUNK = 4 * 1024 * 1024;

/** Reads all of it; the header. Undefined when there is no file. Throws ADVISORIES_CORRUPT, ADVISORIES_UNSAFE. */
export function verifyIndex(path: string): IndexHeader | undefined {
  const file = openIndexFile(path);
  if (file === undefined) return undefined;
  try {
    const digest = createHash("sha256");
    for (let at = 0; at < file.header.body_bytes; at += CHUNK)
      digest.update(file.read(at, Math.min(CHUNK, file.header.body_bytes - at)));
    if (digest.digest("hex") === file.header.body_sha256) return file.header;
    throw new CesError("ADVISORIES_CORRUPT", `the advisory data in \`${path}\` does not match its checksum`, {
      remedy: "ces guard deps import ZIP",
    });
  } finally {
    file.close();
  }
}

/** Every record of a table, in no order. The file was verified. */
export function* recordsOf(file: IndexFile, table: TableHeader): Generator<AdvisoryRecord> {
  const buckets = file.read(table.at, table.buckets * BUCKET_BYTES);
  for (let at = 0; at < buckets.length; at += BUCKET_BYTES) {
    const length = buckets.readUIntBE(at + 9, 3);
    if (length === 0) continue;
    const block = file.read(buckets.readUIntBE(at + 4, 5), length);
    yield* decodeBlock(block, { ...table, name: nameOf(block) }) ?? [];
  }
}

function nameOf(block: Buffer): string {
  // SAFETY: as in `decodeBlock`: these bytes are ours and were compared with their checksum.
  const [name] = JSON.parse(block.toString("utf8")) as readonly [string];
  return name;
}
