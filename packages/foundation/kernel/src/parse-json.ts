// A strict JSON reader for untrusted text (RFC 8259, I-JSON RFC 7493): what JSON.parse repairs or merges is refused here,
// because two readers that disagree about a signed text are the attack. One pass, linear time, bounded depth.

import { isExactLexeme } from "./json-number.ts";
import { expect, refuse, skipBlanks, took, type JsonRefusal, type Reader } from "./json-reader.ts";
import { readString } from "./json-string.ts";
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
    if (reader.refusal !== undefined) return reader.refusal;
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
  if (reader.left === 0) refuse(reader, "too_deep", reader.at);
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
    if (Object.hasOwn(members, name)) refuse(reader, "duplicate_key", at);
    addMember(members, name, readValue(reader));
    if (!another(reader, 0x7d)) return members;
  }
}

function readName(reader: Reader): string {
  const at = reader.at;
  if (reader.text.charCodeAt(at) !== 0x22) refuse(reader, "syntax", at);
  const name = readString(reader);
  if (reader.strict && !/^[\x20-\x7e]*$/.test(name)) refuse(reader, "non_ascii_key", at);
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

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): number {
  const at = reader.at;
  NUMBER.lastIndex = at;
  if (!NUMBER.test(reader.text)) refuse(reader, "syntax", at);
  const lexeme = reader.text.slice(at, NUMBER.lastIndex);
  const value = Number(lexeme);
  if (!Number.isFinite(value)) refuse(reader, "number_out_of_range", at);
  if (reader.strict && !isExactLexeme(lexeme, value)) refuse(reader, "number_not_exact", at);
  reader.at = at + lexeme.length;
  return value;
}

function readWord(reader: Reader, word: string, value: boolean | null): boolean | null {
  if (!reader.text.startsWith(word, reader.at)) refuse(reader, "syntax", reader.at);
  reader.at += word.length;
  return value;
}
