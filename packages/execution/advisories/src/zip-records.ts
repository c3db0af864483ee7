// The JSON documents of an OSV export zip, one after the other, each within its bounds. Runs in the import's worker.
// SECURITY: S40 — an entry's name is read for its ending and shown; it never becomes a path. Sizes are what is read, not what is claimed.
import { closeSync, constants, openSync, readSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";
import { CesError, printable } from "@ces/kernel";
import { fromFdPromise, type Entry, type ZipFile } from "./open-zip.ts";
import type { ImportLimits } from "./import-limits.ts";

/** One document: its bytes, and a name for messages. */
export interface SourceText {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When the source says it was written; milliseconds since 1970, 0 when it does not. */
  readonly written: number;
}

/** Reads a zip. Throws ADVISORIES_SOURCE when it is none, ADVISORIES_LIMIT. */
export async function* zipRecords(path: string, limits: ImportLimits): AsyncGenerator<SourceText> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const zip = await fromFdPromise(fd, path);
    for (;;) {
      const entry = await zip.next();
      if (entry === null) return;
      const name = printable(Buffer.from(entry.fileNameRaw).toString("latin1"), { max: 100 });
      if (!name.endsWith(".json")) continue;
      yield {
        name,
        bytes: await contentOf(fd, zip.zip, entry, { name, limits }),
        written: entry.getLastModDate().getTime(),
      };
    }
  } finally {
    closeSync(fd);
  }
}

async function contentOf(
  fd: number,
  zip: ZipFile,
  entry: Entry,
  { name, limits }: { readonly name: string; readonly limits: ImportLimits },
): Promise<Uint8Array> {
  const most = limits.record_bytes;
  if (entry.uncompressedSize > most || entry.compressedSize > most + 1024) throw tooLarge(name, most);
  if (entry.isEncrypted() || (entry.compressionMethod !== 0 && entry.compressionMethod !== 8))
    throw broken(name, "it is encrypted or packed in an unknown way");
  const start = await dataStart(zip, entry);
  const packed = Buffer.allocUnsafe(entry.compressedSize);
  for (let done = 0; done < packed.length;) {
    const got = readSync(fd, packed, done, packed.length - done, start + done);
    if (got === 0) throw broken(name, "it is cut");
    done += got;
  }
  const bytes = entry.compressionMethod === 0 ? packed : unpacked(packed, name, most);
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32)
    throw broken(name, "it does not match its checksum");
  return bytes;
}

function unpacked(packed: Buffer, name: string, most: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(name, most);
    throw broken(name, "it cannot be unpacked");
  }
}

function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) =>
      error ? reject(error) : resolve(header.fileDataStart),
    );
  });
}

const tooLarge = (name: string, most: number): CesError =>
  new CesError("ADVISORIES_LIMIT", `the record \`${name}\` is larger than ${most} bytes`, {
    remedy: "get the export again",
  });

const broken = (name: string, what: string): CesError =>
  new CesError("ADVISORIES_SOURCE", `the record \`${name}\` cannot be read: ${what}`, {
    remedy: "get the export again",
  });
