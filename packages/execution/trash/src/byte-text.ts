// Names on disk are bytes, not text. Inside this package a path is a string with one character for each byte (latin1): it
// compares, splits and keys a map as text does, and no byte is ever repaired away.
import type { Brand } from "@ces/kernel";

/** A path or name with one character (0–255) for each byte. */
export type ByteText = Brand<string, "ByteText">;

// The brand is earned in this file only: every function below keeps "one character for each byte".
function branded(text: string): ByteText {
  return text as ByteText;
}

/** The root of the file system, and the name by which a folder calls itself. */
export const ROOT = branded("/");
export const HERE = branded(".");

/** Bytes as they stand. */
export function bytesAsText(bytes: Uint8Array): ByteText {
  return branded(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}

/** The UTF-8 bytes of ordinary text. */
export function byteText(text: string): ByteText {
  return branded(Buffer.from(text, "utf8").toString("latin1"));
}

/** What node answered when it was asked for latin1. */
export function fromLatin1(text: string): ByteText {
  return branded(text);
}

/** The bytes. */
export function toBytes(text: ByteText): Buffer {
  return Buffer.from(text, "latin1");
}

/** As text to show; bytes that are no UTF-8 appear as U+FFFD. Not safe for a terminal by itself. */
export function shownText(text: ByteText): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

/** `folder/name`. */
export function joinPath(folder: ByteText, name: ByteText): ByteText {
  return branded(folder === "/" ? `/${name}` : `${folder}/${name}`);
}

/** The part before the last slash; `/` for what stands at the root. */
export function parentOf(path: ByteText): ByteText {
  const slash = path.lastIndexOf("/");
  return branded(slash <= 0 ? "/" : path.slice(0, slash));
}

/** The part behind the last slash. */
export function nameOf(path: ByteText): ByteText {
  return branded(path.slice(path.lastIndexOf("/") + 1));
}

/** The components of a path. */
export function componentsOf(path: ByteText): readonly ByteText[] {
  return path.split("/").flatMap((name) => (name === "" ? [] : branded(name)));
}

/** True when `path` is `folder` or lies below it; both absolute and plain. */
export function isWithin(path: ByteText, folder: ByteText): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** `path` as seen from `folder`, which it lies below. */
export function relativeTo(path: ByteText, folder: ByteText): ByteText {
  return branded(path.slice(folder === "/" ? 1 : folder.length + 1));
}

/** `%XX` for every byte but letters, digits and `-._~/`, as a trashinfo and the journal hold paths. */
export function encodePercent(path: ByteText): string {
  return path.replace(
    /[^A-Za-z0-9\-._~/]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** The bytes behind `%XX`; undefined for a stray `%`, a character above 255 or a NUL. Attacker-controlled. */
export function decodePercent(text: string): ByteText | undefined {
  if (/%(?![0-9A-Fa-f]{2})|[^\u0001-\u00ff]/.test(text)) return undefined;
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return bytes.includes("\0") ? undefined : branded(bytes);
}

/** An absolute path without empty, `.` and `..` components. */
export function isPlainAbsolute(path: ByteText): boolean {
  return path === "/" || (/^(\/[^/\0]+)+$/.test(path) && !componentsOf(path).some((name) => /^\.\.?$/.test(name)));
}
