// As much DER as Ed25519 keys need: definite lengths in their shortest form, and nothing left over. Source: RFC 5958, RFC 8410.

/** One element: its tag and its content. */
export type DerElement = { readonly tag: number; readonly content: Uint8Array };

/** The elements that make up `bytes` exactly; undefined when they do not, or are more than `most`. Never throws. */
export function derElements(bytes: Uint8Array, most = 8): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = elementAt(bytes, at);
    if (read === undefined || elements.length === most) return undefined;
    elements.push(read.element);
    at = read.end;
  }
  return elements;
}

function elementAt(bytes: Uint8Array, at: number): { readonly element: DerElement; readonly end: number } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  // Keys are short: one length byte, or one more.
  const long = first === 0x81;
  const length = long ? (bytes[at + 2] ?? 0) : first;
  if (long ? length < 0x80 : first >= 0x80) return undefined;
  const start = at + (long ? 3 : 2);
  const end = start + length;
  return end > bytes.length ? undefined : { element: { tag, content: bytes.slice(start, end) }, end };
}

/** The content of a SEQUENCE that is all of `bytes`. */
export function derSequence(bytes: Uint8Array): readonly DerElement[] | undefined {
  const [only, ...more] = derElements(bytes) ?? [];
  return only?.tag === 0x30 && more.length === 0 ? derElements(only.content) : undefined;
}

/** True for the algorithm identifier of Ed25519: its object id and no parameters. */
export function isEd25519(element: DerElement | undefined): boolean {
  if (element?.tag !== 0x30) return false;
  const [id, ...parameters] = derElements(element.content) ?? [];
  return id?.tag === 0x06 && parameters.length === 0 && [...id.content].join(".") === "43.101.112";
}
