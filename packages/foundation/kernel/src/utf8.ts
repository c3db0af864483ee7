// UTF-8 without a platform: pure packages have no TextEncoder, and a decoder that repairs bytes would let two inputs hash alike.

import { CesError } from "./ces-error.ts";

const CHUNK = 8192;

/** The UTF-8 bytes of `text`. Throws CesError `UTF8_LONE_SURROGATE`. */
export function utf8Encode(text: string): Uint8Array {
  // Canonical texts are nearly always ASCII: a byte each, into an array of their own length.
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return encodeAny(text);
    bytes[i] = code;
  }
  return bytes;
}

function encodeAny(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let to = 0;
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[to++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      code = pairAt(text, i, code);
      i += 1;
    }
    to = writeCode(bytes, to, code);
  }
  return bytes.slice(0, to);
}

/** The text of `bytes`; undefined unless they are shortest-form UTF-8 without surrogates. A byte order mark is kept. */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  const read = decodeUtf8(bytes);
  return read.kind === "decoded" ? read.text : undefined;
}

/** Text, or the offset of the first byte that is not UTF-8. */
export type Utf8Read =
  | { readonly kind: "decoded"; readonly text: string }
  | { readonly kind: "invalid"; readonly at: number };

/** As `utf8Decode`, naming the first bad byte. */
export function decodeUtf8(bytes: Uint8Array): Utf8Read {
  let text = "";
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const code = codeAt(bytes, i);
    if (code < 0) return { kind: "invalid", at: i };
    if (code < 0x10000) units.push(code);
    else units.push(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
    i += widthOf(code);
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return { kind: "decoded", text: text + String.fromCharCode(...units) };
}

/** How many UTF-8 bytes `text` takes; a lone surrogate counts as three. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // A surrogate pair is two units and four bytes: one more for each half.
    length += code < 0x800 ? 1 : code >= 0xd800 && code <= 0xdfff ? loneOrHalf(text, i, code) : 2;
  }
  return length;
}

function loneOrHalf(text: string, i: number, code: number): number {
  const paired = code < 0xdc00 ? isLow(text.charCodeAt(i + 1)) : isHigh(text.charCodeAt(i - 1));
  return paired ? 1 : 2;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function pairAt(text: string, i: number, high: number): number {
  const low = text.charCodeAt(i + 1);
  if (!isHigh(high) || !isLow(low)) {
    throw new CesError("UTF8_LONE_SURROGATE", `text has a lone surrogate at index ${i}`);
  }
  return ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}

function writeCode(bytes: Uint8Array, at: number, code: number): number {
  const width = widthOf(code);
  const lead = width === 1 ? 0 : width === 2 ? 0xc0 : width === 3 ? 0xe0 : 0xf0;
  bytes[at] = lead | (code >> (6 * (width - 1)));
  for (let k = 1; k < width; k += 1) bytes[at + k] = 0x80 | ((code >> (6 * (width - 1 - k))) & 63);
  return at + width;
}

function widthOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// SECURITY: attacker-controlled bytes. Over-long forms, surrogates and values above U+10FFFF give -1.
function codeAt(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  if (lead < 0x80) return lead;
  const width = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (width === 0) return -1;
  let code = lead & (0x7f >> width);
  for (let k = 1; k < width; k += 1) {
    const next = bytes[i + k] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 63);
  }
  const shortest = width === widthOf(code);
  return shortest && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? code : -1;
}
