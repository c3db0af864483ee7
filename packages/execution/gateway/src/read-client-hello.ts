// The first words of a TLS client, read for the one thing that matters here: whom it says it wants (S39, domain fronting).
// Attacker-controlled bytes: every length is checked, nothing is copied but the name.

/** `more`: not all there yet. `refused`: not a ClientHello that names exactly one plain host. */
export type ClientHello =
  | { readonly kind: "more" }
  | { readonly kind: "hello"; readonly server_name: string }
  | { readonly kind: "refused"; readonly reason: string };

const HANDSHAKE = 0x16;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
/** Encrypted ClientHello: the name outside would not be the name inside. */
const ENCRYPTED_HELLO = 0xfe0d;
const LONGEST = 16 * 1024;

/** Reads the bytes sent so far; call again with more while the answer is `more`. */
export function readClientHello(bytes: Uint8Array): ClientHello {
  const message = joinRecords(bytes);
  if (typeof message === "string") return { kind: "refused", reason: message };
  if (message.length < 4) return moreOf(bytes);
  if (message[0] !== CLIENT_HELLO) return { kind: "refused", reason: "not a client hello" };
  const length = uint(message, 1, 3);
  if (length > LONGEST) return { kind: "refused", reason: "client hello is too long" };
  if (message.length < 4 + length) return moreOf(bytes);
  return readExtensions(message.subarray(4, 4 + length));
}

function moreOf(bytes: Uint8Array): ClientHello {
  return bytes.length > 2 * LONGEST ? { kind: "refused", reason: "client hello is too long" } : { kind: "more" };
}

/** Handshake bytes of the records that have begun; a reason when the bytes are not TLS. */
function joinRecords(bytes: Uint8Array): Uint8Array | string {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] !== HANDSHAKE || (at + 1 < bytes.length && bytes[at + 1] !== 3)) return "not tls";
    if (at + 5 > bytes.length) break;
    const length = uint(bytes, at + 3, 2);
    if (length === 0 || length > LONGEST) return "not tls";
    parts.push(bytes.subarray(at + 5, Math.min(at + 5 + length, bytes.length)));
    at += 5 + length;
  }
  return Buffer.concat(parts);
}

/** version 2, random 32, then three vectors, then extensions. */
function readExtensions(hello: Uint8Array): ClientHello {
  let at = 34;
  for (const size of [1, 2, 1]) at += size + uint(hello, at, size);
  const end = at + 2 + uint(hello, at, 2);
  if (end !== hello.length) return { kind: "refused", reason: "client hello is malformed" };
  const names: string[] = [];
  for (at += 2; at + 4 <= end;) {
    const type = uint(hello, at, 2);
    const length = uint(hello, at + 2, 2);
    if (at + 4 + length > end) return { kind: "refused", reason: "client hello is malformed" };
    if (type === ENCRYPTED_HELLO) return { kind: "refused", reason: "client hello is encrypted" };
    if (type === SERVER_NAME) names.push(readName(hello.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  const [name] = names;
  return names.length === 1 && name !== undefined && name !== ""
    ? { kind: "hello", server_name: name }
    : { kind: "refused", reason: "no single server name" };
}

/** One list with exactly one host name; anything else is the empty name. */
function readName(list: Uint8Array): string {
  if (list.length < 5 || uint(list, 0, 2) !== list.length - 2 || list[2] !== 0 || uint(list, 3, 2) !== list.length - 5)
    return "";
  return Buffer.from(list.subarray(5)).toString("latin1");
}

/** Big-endian; bytes past the end count as zero, which the length checks above then refuse. */
function uint(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let n = 0; n < size; n += 1) value = value * 256 + (bytes[at + n] ?? 0);
  return value;
}
