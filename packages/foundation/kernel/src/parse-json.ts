// A strict JSON reader for untrusted text (RFC 8259, I-JSON RFC 7493): what JSON.parse repairs or merges is refused here,
// because two readers that disagree about a signed text are the attack. One pass, linear time, bounded depth.

import { isExactLexeme } from "./json-number.ts";
import type { Json, JsonProfile } from "./json.ts";
import { decodeUtf8, utf8Length } from "./utf8.ts";

/** Bounds and profile of one reading. */
export type ParseLimits = {
  /** UTF-8 bytes of the whole text; 16 MiB unless told. */
  readonly maxBytes?: number;
  /** Nesting of arrays and objects, at most 1000; 128 unless told. */
  readonly maxDepth?: number;
  /** `strict` also refuses non-ASCII member names and numbers that a double cannot hold (spec/acta §1.5). */
  readonly profile?: JsonProfile;
};

/** Why a text is not taken. */
export type JsonRefusal =
  | "syntax"
  | "trailing_garbage"
  | "duplicate_key"
  | "invalid_unicode"
  | "number_out_of_range"
  | "number_not_exact"
  | "non_ascii_key"
  | "too_deep"
  | "too_large";

/** The value, or the cause and where: an index into the text, for bad UTF-8 into the bytes. */
export type JsonRead =
  | { readonly kind: "parsed"; readonly value: Json }
  | { readonly kind: "refused"; readonly cause: JsonRefusal; readonly at: number };

/** Reads exactly one JSON text. Objects come with `__proto__` as an ordinary own member. Never throws. */
export function parseJson(input: string | Uint8Array, limits: ParseLimits = {}): JsonRead {
  const maxBytes = limits.maxBytes ?? 16 * 1024 * 1024;
  if (tooLarge(input, maxBytes)) return { kind: "refused", cause: "too_large", at: maxBytes };
  const text = typeof input === "string" ? { kind: "decoded" as const, text: input } : decodeUtf8(input);
  if (text.kind === "invalid") return { kind: "refused", cause: "invalid_unicode", at: text.at };
  const depth = Math.min(limits.maxDepth ?? 128, 1000);
  return readDocument({ text: text.text, at: 0, left: depth, strict: limits.profile === "strict" });
}

// `left` is how many more levels may open.
type Reader = { readonly text: string; at: number; left: number; readonly strict: boolean };

// Carries a refusal out of the recursion; never leaves this file.
class Refused {
  readonly cause: JsonRefusal;
  readonly at: number;
  constructor(cause: JsonRefusal, at: number) {
    this.cause = cause;
    this.at = at;
  }
}

function tooLarge(input: string | Uint8Array, maxBytes: number): boolean {
  if (input.length > maxBytes) return true;
  return typeof input === "string" && input.length * 3 > maxBytes && utf8Length(input) > maxBytes;
}

function readDocument(reader: Reader): JsonRead {
  try {
    skipBlanks(reader);
    const value = readValue(reader);
    skipBlanks(reader);
    if (reader.at < reader.text.length) return { kind: "refused", cause: "trailing_garbage", at: reader.at };
    return { kind: "parsed", value };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", cause: error.cause, at: error.at };
    throw error;
  }
}

function readValue(reader: Reader): Json {
  switch (reader.text.charCodeAt(reader.at)) {
    case 0x7b:
      return nested(reader, readObject);
    case 0x5b:
      return nested(reader, readArray);
    case 0x22:
      return readString(reader);
    case 0x74:
      return readWord(reader, "true", true);
    case 0x66:
      return readWord(reader, "false", false);
    case 0x6e:
      return readWord(reader, "null", null);
    default:
      return readNumber(reader);
  }
}

function nested(reader: Reader, read: (reader: Reader) => Json): Json {
  if (reader.left === 0) throw new Refused("too_deep", reader.at);
  reader.left -= 1;
  reader.at += 1;
  skipBlanks(reader);
  const value = read(reader);
  reader.left += 1;
  return value;
}

function readArray(reader: Reader): Json {
  const items: Json[] = [];
  if (took(reader, 0x5d)) return items;
  for (;;) {
    items.push(readValue(reader));
    if (!another(reader, 0x5d)) return items;
  }
}

function readObject(reader: Reader): Json {
  const members: Record<string, Json> = {};
  if (took(reader, 0x7d)) return members;
  for (;;) {
    const at = reader.at;
    const name = readName(reader);
    if (Object.hasOwn(members, name)) throw new Refused("duplicate_key", at);
    addMember(members, name, readValue(reader));
    if (!another(reader, 0x7d)) return members;
  }
}

function readName(reader: Reader): string {
  const at = reader.at;
  if (reader.text.charCodeAt(at) !== 0x22) throw new Refused("syntax", at);
  const name = readString(reader);
  if (reader.strict && !/^[\x20-\x7e]*$/.test(name)) throw new Refused("non_ascii_key", at);
  skipBlanks(reader);
  expect(reader, 0x3a);
  skipBlanks(reader);
  return name;
}

// SECURITY: `members.__proto__ = …` would set the prototype and lose the member; attacker-controlled names come here.
function addMember(members: Record<string, Json>, name: string, value: Json): void {
  if (name === "__proto__")
    Object.defineProperty(members, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  else members[name] = value;
}

function another(reader: Reader, close: number): boolean {
  skipBlanks(reader);
  if (took(reader, close)) return false;
  expect(reader, 0x2c);
  skipBlanks(reader);
  return true;
}

const PLAIN = /[^"\\\u0000-\u001f\ud800-\udfff]*/y;

function readString(reader: Reader): string {
  reader.at += 1;
  let text = "";
  for (;;) {
    PLAIN.lastIndex = reader.at;
    PLAIN.test(reader.text);
    const end = PLAIN.lastIndex;
    text = text === "" ? reader.text.slice(reader.at, end) : text + reader.text.slice(reader.at, end);
    reader.at = end;
    const unit = reader.text.charCodeAt(end);
    if (unit === 0x22) {
      reader.at += 1;
      return text;
    }
    text += readOddUnit(reader, unit);
  }
}

// An escape or half of a pair; raw control characters and the end of the text are syntax errors.
function readOddUnit(reader: Reader, unit: number): string {
  if (unit >= 0xd800) return readPair(reader, reader.at, unit, 1);
  if (unit !== 0x5c) throw new Refused("syntax", reader.at);
  const at = reader.at;
  const letter = reader.text.charAt(at + 1);
  if (letter === "u") return readUnicodeEscape(reader, at);
  const plain = ESCAPES.get(letter);
  if (plain === undefined) throw new Refused("syntax", at);
  reader.at += 2;
  return plain;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function readUnicodeEscape(reader: Reader, at: number): string {
  const unit = escapedUnit(reader, at);
  if (unit < 0xd800 || unit > 0xdfff) {
    reader.at = at + 6;
    return String.fromCharCode(unit);
  }
  return readPair(reader, at, unit, 6);
}

// The low half may come raw or escaped, whatever the high half was: both spell the same pair.
function readPair(reader: Reader, at: number, high: number, width: number): string {
  const next = at + width;
  const escaped = reader.text.startsWith("\\u", next);
  const low = escaped ? escapedUnit(reader, next) : reader.text.charCodeAt(next);
  const paired = high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
  if (!paired) throw new Refused("invalid_unicode", at);
  reader.at = next + (escaped ? 6 : 1);
  return String.fromCharCode(high, low);
}

function escapedUnit(reader: Reader, at: number): number {
  const digits = reader.text.slice(at + 2, at + 6);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Refused("syntax", at);
  return Number.parseInt(digits, 16);
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): number {
  const at = reader.at;
  NUMBER.lastIndex = at;
  if (!NUMBER.test(reader.text)) throw new Refused("syntax", at);
  const lexeme = reader.text.slice(at, NUMBER.lastIndex);
  const value = Number(lexeme);
  if (!Number.isFinite(value)) throw new Refused("number_out_of_range", at);
  if (reader.strict && !isExactLexeme(lexeme, value)) throw new Refused("number_not_exact", at);
  reader.at = at + lexeme.length;
  return value;
}

function readWord(reader: Reader, word: string, value: boolean | null): boolean | null {
  if (!reader.text.startsWith(word, reader.at)) throw new Refused("syntax", reader.at);
  reader.at += word.length;
  return value;
}

function skipBlanks(reader: Reader): void {
  for (;;) {
    const unit = reader.text.charCodeAt(reader.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reader.at += 1;
  }
}

function took(reader: Reader, unit: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== unit) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, unit: number): void {
  if (!took(reader, unit)) throw new Refused("syntax", reader.at);
}
