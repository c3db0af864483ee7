// A list that only a person writes, as it is kept: one file in the guard's state, under a MAC whose key lies beside it.
// SECURITY: S40 — a repository cannot bring one, and a file that does not carry the MAC says nothing at all.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import {
  canonicalize,
  CesError,
  encodeHex,
  equalBytes,
  type Json,
  nobleCrypto,
  parseJson,
  utf8Encode,
} from "@ces/kernel";
import type { GuardPlaces } from "./guard-places.ts";

/** One such file: its name, the schema that is also the MAC's domain, and the member that holds the list. */
export interface PersonList {
  readonly file: string;
  readonly schema: string;
  readonly member: string;
}

const MAX_FILE = 256 * 1024;
const MAX_ITEMS = 500;

/** The items as they were written; empty when there is no file. Throws CesError `GUARD_RULES` for a file that was changed by others. */
export function readPersonList(places: GuardPlaces, list: PersonList): readonly Json[] {
  const bytes = readOurs(listFile(places, list), MAX_FILE);
  if (bytes === undefined) return [];
  const key = readOurs(keyFile(places), 64);
  const parsed = parseJson(bytes, { maxBytes: MAX_FILE, maxDepth: 8 });
  if (key?.length !== 32 || parsed.kind === "refused") throw changed();
  const { items, mac } = fieldsOf(parsed.value, list);
  if (!equalBytes(utf8Encode(macOf(key, list, items)), utf8Encode(mac))) throw changed();
  return items;
}

/** Where the list is. */
export const listFile = ({ state }: GuardPlaces, { file }: PersonList): string => `${state}/${file}`;
/** Where the key of all lists is: 32 bytes. */
export const keyFile = ({ state }: GuardPlaces): string => `${state}/allow.key`;

/** The MAC over the items, lower-case hex; no list's MAC is good for another. */
export const macOf = (key: Uint8Array, { schema }: PersonList, items: readonly Json[]): string =>
  encodeHex(nobleCrypto.hmacSha256(key, utf8Encode(`${schema}\n${canonicalize([...items], "rfc8785")}`)));

function fieldsOf(value: Json, { member }: PersonList): { readonly items: readonly Json[]; readonly mac: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw changed();
  const { [member]: items, mac } = value as { readonly [name: string]: Json }; // an object that is no list
  if (!Array.isArray(items) || typeof mac !== "string" || items.length > MAX_ITEMS) throw changed();
  return { items, mac };
}

const changed = (): CesError =>
  new CesError("GUARD_RULES", "the rules that lower a question were changed by something else", {
    remedy: "look at them, then remove the file: ces guard allow --list",
  });

/** A file of ours of at most `most` bytes; undefined when there is none. Throws CesError `GUARD_RULES` when it is not ours alone. */
export function readOurs(path: string, most: number): Uint8Array | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw changed();
  }
  try {
    const stats = fstatSync(fd);
    const ours =
      stats.isFile() && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0 && stats.size <= most;
    if (!ours) throw changed();
    const bytes = new Uint8Array(stats.size);
    return bytes.subarray(0, readSync(fd, bytes));
  } finally {
    closeSync(fd);
  }
}
