// How a chain lies in its folder: numbered files, each made once. A file holds one receipt or, when several were committed together, a list of
// them; its number is the place of the first one, from 0. So the next number is the same for every writer, and only one of them can make it.
import { canonicalize, type Json, type JsonObject, parseJson } from "@ces/kernel";

/** The most that a file of a chain has, in bytes. */
export const MOST_BYTES = 1024 * 1024;
/** The most that is written into one. */
const MOST_WRITTEN = MOST_BYTES - 64 * 1024;

/** `000.json`, `001.json`, …, `1000.json`. */
export function nameOf(index: number): string {
  return `${String(index).padStart(3, "0")}.json`;
}

/** The number of a name; undefined for a name of another form, which is no part of a chain. */
export function indexOf(name: string): number | undefined {
  const digits = /^(\d{3,12})\.json$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Canonical texts of receipts as the text of one file. */
export function fileText(texts: readonly string[]): string {
  return texts.length === 1 ? `${texts[0] ?? ""}\n` : `[\n${texts.join(",\n")}\n]\n`;
}

/** The receipts of a file; undefined for bytes that are neither one receipt nor a list of several. Attacker-controlled: read strictly. */
export function receiptsIn(bytes: Uint8Array): readonly JsonObject[] | undefined {
  const read = parseJson(bytes, { maxBytes: MOST_BYTES, profile: "strict" });
  if (read.kind === "refused") return undefined;
  if (!Array.isArray(read.value)) return isObject(read.value) ? [read.value] : undefined;
  const list: readonly Json[] = read.value;
  return list.length > 1 && list.every(isObject) ? list : undefined;
}

/** Texts in groups that each fit into a file, in their order. */
export function groupsOf<Of extends { readonly text: string }>(entries: readonly Of[]): readonly (readonly Of[])[] {
  const groups: Of[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    // Canonical texts of receipts are ASCII but for what a caller may name; four bytes is the most that UTF-8 takes.
    const bytes = 4 * entry.text.length;
    if (size + bytes > MOST_WRITTEN) [groups[groups.length], size] = [[], 0];
    groups.at(-1)?.push(entry);
    size += bytes;
  }
  return groups;
}

/** The canonical text of a stored receipt: what it was signed and is linked as. */
export function textOf(receipt: JsonObject): string {
  return canonicalize(receipt, "rfc8785");
}

/** An object that is no list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
