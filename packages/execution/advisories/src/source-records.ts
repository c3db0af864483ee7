// Every source of an import as a stream of documents: zips, files with one document a line, single documents, folders of them.
// Runs in the import's worker. What is named by the person is opened; links inside a folder are not followed.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { CesError, printable } from "@ces/kernel";
import type { ImportLimits } from "./import-limits.ts";
import { zipRecords, type SourceText } from "./zip-records.ts";

const MAX_LEVELS = 10;

/** The documents of one source. Throws ADVISORIES_SOURCE, ADVISORIES_LIMIT. */
export async function* sourceRecords(path: string, limits: ImportLimits): AsyncGenerator<SourceText> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) yield* folderRecords(path, limits, MAX_LEVELS);
  else if (stats?.isFile() === true) yield* fileRecords(path, limits);
  else
    throw new CesError("ADVISORIES_SOURCE", `\`${path}\` is no file and no folder`, {
      remedy: "ces guard deps import ZIP",
    });
}

async function* folderRecords(path: string, limits: ImportLimits, levels: number): AsyncGenerator<SourceText> {
  if (levels === 0) return;
  for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* folderRecords(join(path, entry.name), limits, levels - 1);
    else if (entry.isFile() && /\.(?:json|jsonl|zip)$/.test(entry.name))
      yield* fileRecords(join(path, entry.name), limits);
  }
}

async function* fileRecords(path: string, limits: ImportLimits): AsyncGenerator<SourceText> {
  if (path.endsWith(".zip")) yield* zipRecords(path, limits);
  else if (path.endsWith(".json")) yield { name: shown(path), bytes: wholeFile(path, limits), written: 0 };
  else yield* lines(path, limits);
}

function wholeFile(path: string, limits: ImportLimits): Buffer {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(fd);
    if (size > limits.record_bytes) throw tooLong(path, limits);
    const bytes = Buffer.alloc(size);
    let done = 0;
    while (done < size) {
      const got = readSync(fd, bytes, done, size - done, done);
      if (got === 0) break;
      done += got;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(fd);
  }
}

// One document a line, of any length up to the bound: the file is never held whole.
function* lines(path: string, limits: ImportLimits): Generator<SourceText> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const chunk = Buffer.alloc(1024 * 1024);
    let rest = Buffer.alloc(0);
    for (;;) {
      const got = readSync(fd, chunk, 0, chunk.length, null);
      rest = Buffer.concat([rest, chunk.subarray(0, got)]);
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
        if (end > 0) yield { name: shown(path), bytes: rest.subarray(0, end), written: 0 };
        rest = rest.subarray(end + 1);
      }
      if (rest.length > limits.record_bytes) throw tooLong(path, limits);
      if (got === 0) break;
    }
    if (rest.length > 0) yield { name: shown(path), bytes: rest, written: 0 };
  } finally {
    closeSync(fd);
  }
}

const shown = (path: string): string => printable(path, { max: 200 });

const tooLong = (path: string, limits: ImportLimits): CesError =>
  new CesError("ADVISORIES_LIMIT", `a record of \`${shown(path)}\` is larger than ${limits.record_bytes} bytes`, {
    remedy: "get the export again",
  });
