// uv.lock, poetry.lock and Cargo.lock: TOML as these tools write it, one `[[package]]` after the other. Read by lines.
import type { Ecosystem } from "../advisories.ts";
import { hostOf, lockEntry, readEntries, type LockEntry, type LockReading } from "./lock-entry.ts";

/** Reads one of them; the ecosystem says which rules of naming hold. */
export function readTomlLock(ecosystem: Ecosystem, text: string): LockReading {
  const blocks = text.split(/^\[\[package\]\]\s*$/m).slice(1);
  // What follows another table is no longer the package's.
  const own = blocks.map((block) => block.split(/^\[(?!package\.)/m, 1)[0] ?? "");
  return readEntries(own.flatMap((block) => entryOf(ecosystem, block)));
}

function entryOf(ecosystem: Ecosystem, block: string): readonly LockEntry[] {
  const name = field(block, "name");
  if (name === undefined) return [];
  const source = /^source = (.+)$/m.exec(block)?.[1] ?? "";
  const table = /^\[package\.source\]\s*\n((?:[^[\n][^\n]*\n?)*)/m.exec(block)?.[1] ?? "";
  const kind = sourceOf(`${source}\n${table}`);
  const place =
    /(?:url|registry|git) ?= ?"([^"]+)"/.exec(`${source}\n${table}`)?.[1] ?? /"([^"]+)"/.exec(source)?.[1] ?? "";
  return [
    lockEntry(ecosystem, name, field(block, "version") ?? null, {
      source: ecosystem === "crates.io" && source === "" ? "workspace" : kind,
      host: hostOf(place.replace(/^(?:registry|git|sparse)\+/, "")),
      integrity: field(block, "checksum") ?? hashes(block),
    }),
  ];
}

const field = (block: string, name: string): string | undefined =>
  new RegExp(`^${name} = "([^"\\n]*)"`, "m").exec(block)?.[1];

// All hashes of all files, in their order: any change of one of them is a change.
function hashes(block: string): string | null {
  const found = [...block.matchAll(/hash ?= ?"([^"]+)"/g)].map((one) => one[1] ?? "");
  return found.length === 0 ? null : found.toSorted().join(" ");
}

function sourceOf(text: string): LockEntry["source"] {
  if (/git\+|\bgit = |type = "git"/.test(text)) return "git";
  if (/\b(?:editable|virtual|workspace) = /.test(text)) return "workspace";
  if (/\b(?:path|directory) = |type = "(?:directory|file)"/.test(text)) return "file";
  return /type = "url"|^\{ url = /.test(text) ? "url" : "registry";
}
