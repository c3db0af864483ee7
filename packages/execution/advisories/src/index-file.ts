// The compiled file, opened: header checked, pages and blocks checked as they are read. Our own file of the trust domain.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { createHash, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { ecosystems, type AdvisoryRecord } from "@ces/guard/supply";
import { CesError, parseJson } from "@ces/kernel";
import {
  BUCKET_BYTES,
  decodeBlock,
  MAGIC,
  MAX_HEADER,
  nameHash,
  PAGE_BYTES,
  PREAMBLE_BYTES,
  type IndexHeader,
  type TableHeader,
} from "./index-format.ts";

/** An open file. `close` gives the descriptor back. */
export interface IndexFile {
  readonly path: string;
  readonly header: IndexHeader;
  /** Bytes of the body. Throws ADVISORIES_CORRUPT when they are not there. */
  readonly read: (at: number, length: number) => Buffer;
  close(): void;
}

const damaged = (path: string, what: string): CesError =>
  new CesError("ADVISORIES_CORRUPT", `the advisory data in \`${path}\` is damaged: ${what}`, {
    remedy: "ces guard deps import ZIP",
  });

/** Opens it; undefined when there is none. Throws ADVISORIES_CORRUPT, ADVISORIES_UNSAFE. */
export function openIndexFile(path: string): IndexFile | undefined {
  const fd = openOwn(path);
  if (fd === undefined) return undefined;
  try {
    const size = checkOwn(fd, path);
    const header = readHeader(fd, path, size);
    const start = size - header.body_bytes;
    const read = (at: number, length: number): Buffer => {
      if (at < 0 || length < 0 || at + length > header.body_bytes) throw damaged(path, "it points outside itself");
      return readWhole(fd, path, start + at, length);
    };
    return { path, header, read, close: () => closeSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** A table as it is looked up in: pages that were read stay. */
export interface OpenTable {
  /** The records of a name; empty when there are none. Throws ADVISORIES_CORRUPT. */
  readonly find: (name: string) => readonly AdvisoryRecord[];
}

/** The look-up of one table. */
export function openTable({ path, read }: Pick<IndexFile, "path" | "read">, table: TableHeader): OpenTable {
  const pages = new Map<number, Buffer>();
  const page = (index: number): Buffer => {
    const known = pages.get(index);
    if (known !== undefined) return known;
    const from = index * PAGE_BYTES;
    const bytes = read(table.at + from, Math.min(PAGE_BYTES, table.buckets * BUCKET_BYTES - from));
    if (crc32(bytes) !== table.pages[index]) throw damaged(path, "a page of the index does not match its checksum");
    pages.set(index, bytes);
    return bytes;
  };
  const find = (name: string): readonly AdvisoryRecord[] => {
    const { bucket, fingerprint } = nameHash(name);
    let slot = bucket & (table.buckets - 1);
    for (let tries = 0; tries < table.buckets; tries += 1, slot = (slot + 1) & (table.buckets - 1)) {
      const at = slot * BUCKET_BYTES;
      const bytes = page(Math.floor(at / PAGE_BYTES));
      const inPage = at % PAGE_BYTES;
      const length = bytes.readUIntBE(inPage + 9, 3);
      if (length === 0) return [];
      if (bytes.readUInt32BE(inPage) !== fingerprint) continue;
      const block = read(bytes.readUIntBE(inPage + 4, 5), length);
      if (crc32(block) !== bytes.readUInt32BE(inPage + 12))
        throw damaged(path, `what it says of \`${name.slice(0, 100)}\` does not match its checksum`);
      const records = decodeBlock(block, { ecosystem: table.ecosystem, kind: table.kind, name });
      if (records !== undefined) return records;
    }
    return [];
  };
  return { find };
}

function openOwn(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    throw new CesError("ADVISORIES_UNSAFE", `the advisory data in \`${path}\` cannot be opened`, {
      remedy: "ces doctor",
      cause: error,
    });
  }
}

// SECURITY: an agent that could write here could empty it; what is not ours alone is not believed.
function checkOwn(fd: number, path: string): number {
  const stats = fstatSync(fd);
  const mine = stats.isFile() && stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0;
  if (mine) return stats.size;
  throw new CesError("ADVISORIES_UNSAFE", `the advisory data in \`${path}\` is no file of ours alone`, {
    remedy: "ces doctor",
  });
}

function readHeader(fd: number, path: string, size: number): IndexHeader {
  const head = readWhole(fd, path, 0, Math.min(size, PREAMBLE_BYTES));
  if (head.length < PREAMBLE_BYTES || head.toString("latin1", 0, MAGIC.length) !== MAGIC)
    throw damaged(path, "it has another format");
  const length = head.readUInt32BE(MAGIC.length);
  if (length > MAX_HEADER || PREAMBLE_BYTES + length > size) throw damaged(path, "its header is cut");
  const json = readWhole(fd, path, PREAMBLE_BYTES, length);
  const digest = createHash("sha256").update(json).digest();
  if (!timingSafeEqual(digest, head.subarray(MAGIC.length + 4, PREAMBLE_BYTES)))
    throw damaged(path, "its header does not match its checksum");
  const read = parseJson(json, { maxBytes: MAX_HEADER, maxDepth: 8 });
  if (read.kind === "refused") throw damaged(path, "its header is no JSON");
  // SAFETY: only `writeIndex` writes a header with this checksum; what may differ between versions is checked below.
  const header = read.value as unknown as IndexHeader;
  if (header.format !== 1 || !header.tables.every((table) => ecosystems.includes(table.ecosystem)))
    throw damaged(path, "it has another format");
  if (PREAMBLE_BYTES + length + header.body_bytes !== size) throw damaged(path, "it is cut");
  return header;
}

function readWhole(fd: number, path: string, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const got = readSync(fd, bytes, done, length - done, at + done);
    if (got === 0) throw damaged(path, "it is cut");
    done += got;
  }
  return bytes;
}
