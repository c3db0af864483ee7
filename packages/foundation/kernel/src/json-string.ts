// JSON strings: runs of plain text in one step, escapes and surrogate pairs one by one.

import { refuse, type Reader } from "./json-reader.ts";

const PLAIN = /[^"\\\u0000-\u001f\ud800-\udfff]*/y;

/** The string whose opening quote stands here. Lone halves of pairs are refused, raw or escaped. */
export function readString(reader: Reader): string {
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
  if (unit !== 0x5c) refuse(reader, "syntax", reader.at);
  const at = reader.at;
  const letter = reader.text.charAt(at + 1);
  if (letter === "u") return readUnicodeEscape(reader, at);
  const plain = ESCAPES.get(letter);
  if (plain === undefined) refuse(reader, "syntax", at);
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
  if (!paired) refuse(reader, "invalid_unicode", at);
  reader.at = next + (escaped ? 6 : 1);
  return String.fromCharCode(high, low);
}

function escapedUnit(reader: Reader, at: number): number {
  const digits = reader.text.slice(at + 2, at + 6);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) refuse(reader, "syntax", at);
  return Number.parseInt(digits, 16);
}
