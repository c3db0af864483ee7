// Addresses in every spelling that a resolver takes, written in one: a rule about 169.254.169.254 also means 0xA9FEA9FE.

/** The dotted form of an IPv4 address in any spelling of the URL standard (octal, hexadecimal, fewer parts). */
export type Ipv4 =
  | { readonly kind: "address"; readonly text: string }
  | { readonly kind: "invalid" }
  | { readonly kind: "name" };

/** Reads a host whose last label is a number as IPv4; a host whose last label is none is a name. */
export function readIpv4(host: string): Ipv4 {
  const labels = host.split(".");
  if (!/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")) return { kind: "name" };
  const numbers = labels.map(readNumber);
  if (labels.length > 4 || numbers.includes(null)) return { kind: "invalid" };
  const parts = numbers.map((number) => number ?? 0);
  const last = parts.at(-1) ?? 0;
  const leading = parts.slice(0, -1);
  if (leading.some((part) => part > 255) || last >= 256 ** (5 - parts.length)) return { kind: "invalid" };
  const value = leading.reduce((sum, part, i) => sum + part * 256 ** (3 - i), last);
  return { kind: "address", text: dotted(value) };
}

function readNumber(text: string): number | null {
  if (/^0x[0-9a-f]{0,12}$/.test(text)) return text === "0x" ? 0 : Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]{1,15}$/.test(text)) return Number.parseInt(text, 8);
  return /^(?:0|[1-9]\d{0,11})$/.test(text) ? Number(text) : null;
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** The one form of an IPv6 address (RFC 5952, without brackets), or the dotted IPv4 that it carries (`::ffff:`, `::`, 64:ff9b::/96); null for none. */
export function readIpv6(text: string): string | null {
  const groups = readGroups(text);
  if (groups === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const high = [a, b, c, d, e].every((group) => group === 0);
  const mapped = high && f === 0xffff;
  const compatible = high && f === 0 && (g !== 0 || h > 1);
  const translated = a === 0x64 && b === 0xff9b && [c, d, e, f].every((group) => group === 0);
  return mapped || compatible || translated ? dotted(g * 65_536 + h) : shortest(groups);
}

function readGroups(text: string): readonly number[] | null {
  if (!/^[0-9a-f:.]{2,45}$/.test(text)) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [left, right] = halves.map(readHalf);
  if (left === undefined || left === null || right === null) return null;
  if (right === undefined) return left.length === 8 ? left : null;
  const missing = 8 - left.length - right.length;
  return missing < 1 ? null : [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

function readHalf(text: string): readonly number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const quad = i === parts.length - 1 && part.includes(".") ? readQuad(part) : null;
    if (quad !== null) groups.push(...quad);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

function readQuad(text: string): readonly number[] | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return [a * 256 + b, c * 256 + d];
}

// The longest run of two or more zero groups becomes `::`, the first of equals.
function shortest(groups: readonly number[]): string {
  let run = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > run.length) run = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (run.at < 0) return hex.join(":");
  return `${hex.slice(0, run.at).join(":")}::${hex.slice(run.at + run.length).join(":")}`;
}
