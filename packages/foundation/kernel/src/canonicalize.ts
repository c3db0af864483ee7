// One text per JSON value (RFC 8785): what is hashed and signed everywhere. Hot path of ledger and receipts.

import { CesError } from "./ces-error.ts";
import { isExactInteger } from "./json-number.ts";
import type { Json, JsonProfile } from "./json.ts";

const MAX_DEPTH = 1000;
const INSERTION_MAX = 24;
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
// With the u flag a pair is one character, so only lone surrogates match.
const LONE_SURROGATE = /[\ud800-\udfff]/u;
// Printable ASCII without quote and backslash: fine under both profiles as it is.
const PLAIN_NAME = /^[ !#-[\]-~]*$/;
// UTF-16 units; measured by test/bench/canonical-json.bench.ts.
const SHORT = 200;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

type WellFormed = { readonly isWellFormed: () => boolean };

/**
 * The canonical text of `value` (RFC 8785 §3.2): members sorted by UTF-16 code units, ECMAScript numbers, minimal escapes.
 * `strict` also refuses member names outside printable ASCII and integers whose text is not exactly their value.
 * Throws CesError `CANONICAL_UNDEFINED`, `CANONICAL_NOT_JSON`, `CANONICAL_NOT_FINITE`, `CANONICAL_LONE_SURROGATE`,
 * `CANONICAL_TOO_DEEP` (1000), and under strict `CANONICAL_NON_ASCII_KEY`, `CANONICAL_NUMBER_NOT_EXACT`.
 */
export function canonicalize(value: Json, profile: JsonProfile): string {
  return writeValue(value, profile === "strict", 0);
}

function writeValue(value: unknown, strict: boolean, depth: number): string {
  if (typeof value === "string") return writeString(value);
  if (typeof value === "number") return writeNumber(value, strict);
  if (value === null) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value !== "object") return refuseValue(value);
  if (depth >= MAX_DEPTH)
    throw new CesError("CANONICAL_TOO_DEEP", `a value nests deeper than ${MAX_DEPTH} levels or holds itself`);
  return Array.isArray(value) ? writeArray(value, strict, depth) : writeObject(value, strict, depth);
}

function writeArray(items: readonly unknown[], strict: boolean, depth: number): string {
  if (items.length === 0) return "[]";
  let text = `[${writeValue(items[0], strict, depth + 1)}`;
  for (let i = 1; i < items.length; i += 1) text += `,${writeValue(items[i], strict, depth + 1)}`;
  return `${text}]`;
}

function writeObject(value: object, strict: boolean, depth: number): string {
  const proto: unknown = Object.getPrototypeOf(value);
  // A Date, Map or class instance is not JSON; its enumerable fields would be an accident.
  if (proto !== Object.prototype && proto !== null) return refuseValue(value);
  const members = value as Readonly<Record<string, unknown>>; // plain by the line above
  const names = sortNames(Object.keys(members));
  let text = "";
  for (const name of names) {
    text += `${text === "" ? "{" : ","}${writeName(name, strict)}:${writeValue(members[name], strict, depth + 1)}`;
  }
  return text === "" ? "{}" : `${text}}`;
}

// Insertion takes few or already sorted names (records read back) in one pass and beats sort(), which takes the rest.
// `<` and sort() both compare UTF-16 units.
function sortNames(names: string[]): readonly string[] {
  if (names.length > INSERTION_MAX) return names.sort();
  for (let i = 1; i < names.length; i += 1) {
    const name = names[i] ?? "";
    let at = i;
    for (; at > 0 && (names[at - 1] ?? "") > name; at -= 1) names[at] = names[at - 1] ?? "";
    names[at] = name;
  }
  return names;
}

function writeName(name: string, strict: boolean): string {
  if (PLAIN_NAME.test(name)) return `"${name}"`;
  if (strict && !PRINTABLE_ASCII.test(name)) refuseName(name);
  return writeString(name);
}

function writeString(text: string): string {
  if (text.length > SHORT) return writeLongString(text);
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) return refuseSurrogate();
  return JSON.stringify(text); // ECMAScript's escapes are RFC 8785's (§3.2.2.2)
}

// The engine's own two passes beat any expression once a text is long; before that the calls cost more than the text.
function writeLongString(text: string): string {
  // ES2024: every supported engine has it, the library of the pure packages does not name it yet.
  if (!(text as unknown as WellFormed).isWellFormed()) return refuseSurrogate();
  return JSON.stringify(text);
}

function refuseSurrogate(): never {
  throw new CesError("CANONICAL_LONE_SURROGATE", "a text holds a lone surrogate");
}

function writeNumber(value: number, strict: boolean): string {
  if (!Number.isFinite(value)) throw new CesError("CANONICAL_NOT_FINITE", `\`${value}\` is not a JSON number`);
  if (strict && !isExactInteger(value)) {
    throw new CesError("CANONICAL_NUMBER_NOT_EXACT", `the integer \`${value}\` cannot be written exactly`);
  }
  return `${value}`; // ECMAScript's number text is RFC 8785's, and -0 is written 0
}

function refuseName(name: string): never {
  throw new CesError("CANONICAL_NON_ASCII_KEY", `the member name ${JSON.stringify(name)} is not printable ascii`);
}

function refuseValue(value: unknown): never {
  if (value === undefined) throw new CesError("CANONICAL_UNDEFINED", "undefined is not a JSON value");
  throw new CesError("CANONICAL_NOT_JSON", `a value of type ${typeof value} is not JSON`);
}
