// bun.lock (JSON with comments and trailing commas) and composer.lock.
import { parseJson } from "@ces/kernel";
import { listMember, member, members, textMember } from "../foreign-json.ts";
import { hostOf, lockEntry, readEntries, sourceOfUrl, type LockEntry, type LockReading } from "./lock-entry.ts";
import { plainJson } from "./plain-json.ts";

const LIMITS = { maxBytes: 64 * 1024 * 1024, maxDepth: 64 };
const MAX_TEXT = 4_000;

/** Reads bun's text lockfile: `"name": ["name@version", registry, {…}, integrity]`. */
export function readBunLock(text: string): LockReading {
  const read = parseJson(plainJson(text), LIMITS);
  if (read.kind === "refused") return { kind: "unreadable", why: `it is no JSON (${read.cause})` };
  return readEntries(members(member(read.value, "packages")).flatMap(([, one]) => bunEntry(one)));
}

/** Reads Composer's lockfile. */
export function readComposerLock(text: string): LockReading {
  const read = parseJson(text, LIMITS);
  if (read.kind === "refused") return { kind: "unreadable", why: `it is no JSON (${read.cause})` };
  const lists = ["packages", "packages-dev"].map((name) => listMember(read.value, name, 20_000));
  if (lists.some((list) => list === undefined)) return { kind: "unreadable", why: "it pins too many packages" };
  return readEntries(lists.flatMap((list) => (list ?? []).flatMap(composerEntry)));
}

function bunEntry(one: unknown): readonly LockEntry[] {
  if (!Array.isArray(one) || typeof one[0] !== "string") return [];
  const cut = one[0].lastIndexOf("@");
  const [name, version] = cut > 0 ? [one[0].slice(0, cut), one[0].slice(cut + 1)] : [one[0], ""];
  if (version.startsWith("workspace:")) return [lockEntry("npm", name, null, { source: "workspace" })];
  const pinned = /^\d/.test(version);
  const integrity = one.findLast((part) => typeof part === "string" && /^sha\d+-/.test(part));
  const registry = typeof one[1] === "string" ? one[1] : "";
  return [
    lockEntry("npm", name, pinned ? version : null, {
      source: pinned ? "registry" : sourceOfUrl(version),
      host: hostOf(pinned ? registry : version),
      integrity: typeof integrity === "string" ? integrity : null,
    }),
  ];
}

function composerEntry(one: unknown): readonly LockEntry[] {
  const name = textMember(one, "name", 400);
  if (name === undefined) return [];
  const dist = member(one, "dist");
  const url = textMember(dist, "url", MAX_TEXT) ?? "";
  const commit = textMember(dist, "reference", 100) ?? textMember(member(one, "source"), "reference", 100) ?? "";
  const shasum = textMember(dist, "shasum", 200) ?? "";
  return [
    lockEntry("Packagist", name, textMember(one, "version", 200) ?? null, {
      source: url === "" || textMember(dist, "type", 20) === "path" ? "file" : "registry",
      host: hostOf(url),
      // Composer pins the commit; the archive's own hash is usually empty.
      integrity: shasum === "" ? (commit === "" ? null : commit) : shasum,
    }),
  ];
}
