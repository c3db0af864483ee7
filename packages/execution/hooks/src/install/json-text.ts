// A JSON text with places: so that one member is added or taken out and every other byte stays as its owner wrote it.
// Comments and trailing commas are passed over, since some hosts allow them in their settings.
import { CesError } from "@ces/kernel";

/** A value and the half-open range of the text it stands in. */
export type PlacedValue =
  | { readonly kind: "object"; readonly start: number; readonly end: number; readonly members: readonly PlacedMember[] }
  | { readonly kind: "list"; readonly start: number; readonly end: number; readonly items: readonly PlacedValue[] }
  | {
      readonly kind: "plain";
      readonly start: number;
      readonly end: number;
      readonly value: string | number | boolean | null;
    };

/** A member: `start` is where its name begins. */
export interface PlacedMember {
  readonly name: string;
  readonly start: number;
  readonly value: PlacedValue;
}

const MAX_DEPTH = 64;
const MAX_TEXT = 4 * 1024 * 1024;

/** Reads a text whole. Throws CesError `GUARD_SETTINGS` for what is not JSON, for a member named twice, and for too much of it. */
export function placeJson(text: string, name: string): PlacedValue {
  const reader = { text, at: 0, name };
  if (text.length > MAX_TEXT) throw wrong(reader, "it is too large");
  skip(reader);
  const value = readValue(reader, MAX_DEPTH);
  skip(reader);
  if (reader.at < text.length) throw wrong(reader, "something stands after the end");
  return value;
}

/** The plain value of a placed one. */
export function plainOf(placed: PlacedValue): unknown {
  if (placed.kind === "plain") return placed.value;
  if (placed.kind === "list") return placed.items.map(plainOf);
  return Object.fromEntries(placed.members.map(({ name, value }) => [name, plainOf(value)]));
}

/** A member's value, or undefined. */
export const memberOf = (placed: PlacedValue | undefined, name: string): PlacedMember | undefined =>
  placed?.kind === "object" ? placed.members.find((member) => member.name === name) : undefined;

interface Reader {
  readonly text: string;
  at: number;
  readonly name: string;
}

const wrong = ({ name, at, text }: Reader, why: string): CesError =>
  new CesError("GUARD_SETTINGS", `\`${name}\` is not changed: ${why} (line ${text.slice(0, at).split("\n").length})`, {
    remedy: "repair the file, then try again",
  });

const blank = /(?:[ \t\r\n\ufeff]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;

function skip(reader: Reader): void {
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.text)?.[0].length ?? 0;
}

function readValue(reader: Reader, depth: number): PlacedValue {
  if (depth === 0) throw wrong(reader, "it is nested too deep");
  const char = reader.text[reader.at];
  if (char === "{") return readObject(reader, depth);
  if (char === "[") return readList(reader, depth);
  return readPlain(reader);
}

const plain = /"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function readPlain(reader: Reader): Extract<PlacedValue, { kind: "plain" }> {
  const start = reader.at;
  plain.lastIndex = start;
  const found = plain.exec(reader.text)?.[0];
  if (found === undefined) throw wrong(reader, "it is not JSON");
  reader.at += found.length;
  try {
    return { kind: "plain", start, end: reader.at, value: JSON.parse(found) };
  } catch {
    throw wrong(reader, "it is not JSON");
  }
}

function readObject(reader: Reader, depth: number): PlacedValue {
  const start = reader.at;
  const members: PlacedMember[] = [];
  while (next(reader, members.length, "}")) {
    const at = reader.at;
    const name = readPlain(reader).value;
    if (typeof name !== "string") throw wrong(reader, "a member has no name");
    if (members.some((member) => member.name === name)) throw wrong(reader, `\`${name}\` is there twice`);
    skip(reader);
    if (reader.text[reader.at] !== ":") throw wrong(reader, "a colon is missing");
    reader.at += 1;
    skip(reader);
    members.push({ name, start: at, value: readValue(reader, depth - 1) });
  }
  return { kind: "object", start, end: reader.at, members };
}

function readList(reader: Reader, depth: number): PlacedValue {
  const start = reader.at;
  const items: PlacedValue[] = [];
  while (next(reader, items.length, "]")) items.push(readValue(reader, depth - 1));
  return { kind: "list", start, end: reader.at, items };
}

// To the next element, over a comma; false after the closing sign. A comma before it is passed over.
function next(reader: Reader, count: number, close: string): boolean {
  if (count === 0) reader.at += 1;
  skip(reader);
  if (count > 0 && reader.text[reader.at] === ",") {
    reader.at += 1;
    skip(reader);
  } else if (count > 0 && reader.text[reader.at] !== close) throw wrong(reader, "a comma is missing");
  if (reader.text[reader.at] !== close) return true;
  reader.at += 1;
  return false;
}
