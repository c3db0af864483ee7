// Values of secrets are taken out of what is kept of a command's output, in the spellings a program is likely to print them in.
// It is a courtesy to whoever reads the output, not a wall: a program can always spell a value otherwise.

/** A delivered secret. */
export type SecretValue = { readonly name: string; readonly value: Buffer };

/** Shorter values would take half of every text with them. */
const SHORTEST = 4;

/** The bytes without the values. A value that the cap cut at the end goes as well. */
export function redactSecrets(bytes: Buffer, secrets: readonly SecretValue[], cut: boolean): Buffer {
  const found = secrets.flatMap(({ name, value }) => spellings(value).map((needle) => ({ name, needle })));
  // The longest first: a value may be part of another.
  const ordered = found.toSorted((a, b) => b.needle.length - a.needle.length);
  let text = bytes;
  for (const { name, needle } of ordered) text = replaceAll(text, needle, Buffer.from(`[secret ${name}]`));
  return cut
    ? withoutCutValue(
        text,
        ordered.map(({ needle }) => needle),
      )
    : text;
}

function spellings(value: Buffer): readonly Buffer[] {
  const plain = trimmed(value);
  if (plain.length < SHORTEST) return [];
  const texts = [
    plain.toString("base64"),
    plain.toString("base64").replace(/=+$/, ""),
    plain.toString("base64url"),
    plain.toString("hex"),
    plain.toString("hex").toUpperCase(),
    encodeURIComponent(plain.toString("latin1")),
    JSON.stringify(plain.toString("utf8")).slice(1, -1),
  ];
  return [plain, ...texts.map((text) => Buffer.from(text))].filter(({ length }) => length >= SHORTEST);
}

function trimmed(value: Buffer): Buffer {
  let end = value.length;
  while (end > 0 && (value[end - 1] === 0x0a || value[end - 1] === 0x0d)) end -= 1;
  return value.subarray(0, end);
}

function replaceAll(bytes: Buffer, needle: Buffer, by: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, from)) {
    parts.push(bytes.subarray(from, at), by);
    from = at + needle.length;
  }
  return from === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)]);
}

// The last bytes may be the beginning of a value whose rest was not kept.
function withoutCutValue(bytes: Buffer, needles: readonly Buffer[]): Buffer {
  const longest = Math.max(
    0,
    ...needles.map((needle) => {
      for (let length = Math.min(needle.length - 1, bytes.length); length >= SHORTEST; length -= 1)
        if (bytes.subarray(bytes.length - length).equals(needle.subarray(0, length))) return length;
      return 0;
    }),
  );
  return bytes.subarray(0, bytes.length - longest);
}
