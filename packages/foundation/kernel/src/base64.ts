// Base64 and base64url (RFC 4648 §4, §5). Decoders are strict: one text per byte string, so a signature cannot be respelled.

const SHARED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const STANDARD = `${SHARED}+/`;
const URL_SAFE = `${SHARED}-_`;

/** Base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD);
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

/** Base64url without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE);
}

/** The bytes of padded base64; undefined for blanks, missing padding, foreign characters or stray low bits. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  return decode(
    text.endsWith("==") ? text.slice(0, -2) : text.endsWith("=") ? text.slice(0, -1) : text,
    STANDARD,
    text.length,
  );
}

/** The bytes of unpadded base64url; undefined for padding, foreign characters or stray low bits. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  return decode(text, URL_SAFE, Math.ceil(text.length / 4) * 4);
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet.charAt((held >> (bits - 6)) & 63);
    held &= 63;
  }
  return bits === 0 ? text : text + alphabet.charAt((held << (6 - bits)) & 63);
}

// INVARIANT: a digit count of 1 mod 4 and non-zero bits after the last byte have no byte string, or a second one; both are refused.
function decode(digits: string, alphabet: string, padded: number): Uint8Array | undefined {
  if (digits.length % 4 === 1 || Math.ceil(digits.length / 4) * 4 !== padded) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 255;
    at += 1;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
