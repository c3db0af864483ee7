// What a command left in the places it could write, found by looking before and after (F-17). The time of change of an inode cannot
// be set by a program, so a file that was written and made to look old is found.
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { walkFolder } from "./walk-folder.ts";
import type { Grant } from "./grant-scope.ts";

/** The state of places: facts by declared path. `bytes` and `names` are what they hold together. */
export type Survey = {
  readonly facts: ReadonlyMap<string, string>;
  readonly bytes: number;
  readonly names: number;
  /** Set when not everything could be seen. */
  readonly unseen?: string;
};

/** A regular file that is new or changed; the digest is of its content now. */
export type Artifact = { readonly path: string; readonly sha256: string };

/** What differs. `written` counts files and links that are new or changed, `removed` those that are gone. */
export type WriteDelta = {
  readonly written: number;
  readonly removed: number;
  readonly artifacts: readonly Artifact[];
  /** Set when the numbers are lower bounds. */
  readonly unseen?: string;
};

const MOST_NAMES = 500_000;
const EVERYTHING = { most: MOST_NAMES, skip: [] };
/** Digests of more files, or of more bytes, would take longer than most commands. */
const MOST_ARTIFACTS = 1000;
const MOST_DIGEST_BYTES = 1n << 30n;
const CHUNK = 1 << 20;

/** Looks at every place that can be written. Folders themselves are left out: making a file changes them. */
export function surveyWritable(places: readonly Grant[]): Survey {
  const facts = new Map<string, string>();
  const sum = { bytes: 0, names: 0, unseen: undefined as string | undefined };
  for (const place of places) {
    const end = walkFolder(place, EVERYTHING, ({ path, stat }) => {
      sum.names += 1;
      sum.bytes += Number(stat.blocks) * 512;
      if (!stat.isDirectory()) facts.set(place.inside + path.slice(place.source.length), factOf(stat));
    });
    if (end.kind !== "whole") sum.unseen ??= `not all of \`${place.inside}\` could be read`;
  }
  const { unseen, ...rest } = sum;
  return { facts, ...rest, ...(unseen === undefined ? {} : { unseen }) };
}

function factOf(stat: {
  readonly ino: bigint;
  readonly size: bigint;
  readonly ctimeNs: bigint;
  readonly mode: bigint;
}): string {
  return `${stat.ino} ${stat.size} ${stat.ctimeNs} ${stat.mode}`;
}

/** Compares with an earlier survey of the same places, and reads what changed. */
export function writeDelta(places: readonly Grant[], before: Survey): WriteDelta {
  const changed: { readonly declared: string; readonly source: string }[] = [];
  const seen = new Set<string>();
  let unseen = before.unseen;
  for (const place of places) {
    const end = walkFolder(place, EVERYTHING, ({ path, stat }) => {
      if (stat.isDirectory()) return;
      const declared = place.inside + path.slice(place.source.length);
      seen.add(declared);
      if (before.facts.get(declared) !== factOf(stat)) changed.push({ declared, source: path });
    });
    if (end.kind !== "whole") unseen ??= `not all of \`${place.inside}\` could be read`;
  }
  return {
    written: changed.length,
    removed: [...before.facts.keys()].filter((path) => !seen.has(path)).length,
    artifacts: digests(changed),
    ...(unseen === undefined ? {} : { unseen }),
  };
}

function digests(changed: readonly { readonly declared: string; readonly source: string }[]): readonly Artifact[] {
  const artifacts: Artifact[] = [];
  let left = MOST_DIGEST_BYTES;
  for (const { declared, source } of changed.toSorted((a, b) => (a.declared < b.declared ? -1 : 1))) {
    if (artifacts.length === MOST_ARTIFACTS) break;
    const read = digestOf(source, left);
    if (read === undefined) continue;
    left -= read.bytes;
    artifacts.push({ path: declared, sha256: read.sha256 });
  }
  return artifacts;
}

function digestOf(path: string, most: bigint): { readonly sha256: string; readonly bytes: bigint } | undefined {
  const fd = openQuietly(path);
  if (fd === undefined) return undefined;
  try {
    const stat = fstatSync(fd, { bigint: true });
    if (!stat.isFile() || stat.size > most) return undefined;
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let got = -1; got !== 0;) {
      got = readSync(fd, chunk, 0, CHUNK, null);
      hash.update(chunk.subarray(0, got));
    }
    return { sha256: hash.digest("hex"), bytes: stat.size };
  } finally {
    closeSync(fd);
  }
}

function openQuietly(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
