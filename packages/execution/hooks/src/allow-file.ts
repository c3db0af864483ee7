// The rules that a person added at a terminal, as they are kept: one file in the guard's state, under a MAC whose key lies beside it.
// SECURITY: S40 — a repository cannot bring one, and a file that does not carry the MAC is no rule at all.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { AllowRule } from "@ces/guard";
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

const MAX_FILE = 256 * 1024;
const DOMAIN = "ces.guard-allow/v1\n";

/** Rules that are in force at `now` (milliseconds since 1970). Throws CesError `GUARD_RULES` for a file that was changed by others. */
export function readAllowRules(places: GuardPlaces, now: number): readonly AllowRule[] {
  return readAll(places).filter(({ expires }) => expires > now);
}

/** All rules, the expired too. */
export function readAll(places: GuardPlaces): readonly AllowRule[] {
  const bytes = readOurs(rulesFile(places), MAX_FILE);
  if (bytes === undefined) return [];
  const key = readOurs(keyFile(places), 64);
  const parsed = parseJson(bytes, { maxBytes: MAX_FILE, maxDepth: 8 });
  if (key?.length !== 32 || parsed.kind === "refused") throw changed();
  const { rules, mac } = fieldsOf(parsed.value);
  if (!equalBytes(utf8Encode(macOf(key, rules)), utf8Encode(mac))) throw changed();
  return rules.map(ruleOf);
}

/** Where the rules are. */
export const rulesFile = ({ state }: GuardPlaces): string => `${state}/allow.json`;
/** Where their key is: 32 bytes. */
export const keyFile = ({ state }: GuardPlaces): string => `${state}/allow.key`;

/** The MAC over rules, lower-case hex. */
export const macOf = (key: Uint8Array, rules: readonly Json[]): string =>
  encodeHex(nobleCrypto.hmacSha256(key, utf8Encode(DOMAIN + canonicalize([...rules], "rfc8785"))));

function fieldsOf(value: Json): { readonly rules: readonly Json[]; readonly mac: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw changed();
  const { rules, mac } = value as { readonly [name: string]: Json }; // an object that is no list
  if (!Array.isArray(rules) || typeof mac !== "string" || rules.length > 500) throw changed();
  return { rules, mac };
}

// What carries the MAC was written by `writeAllowRules`.
const ruleOf = (value: Json): AllowRule => value as unknown as AllowRule;

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
