// Names that two readers could take differently, and names that mean something to git or to CES.
import { printable, utf8Decode } from "@ces/kernel";

// HFS+ ignores these in names; NTFS drops trailing dots and spaces and has `git~1` and `:$INDEX_ALLOCATION`.
const IGNORABLE = /[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** True for every spelling of `.git` that some file system takes for it. */
export function isDotGit(name: string): boolean {
  return /^(\.git|git~1)[. ]*(:.*)?$/.test(name.replace(IGNORABLE, "").toLowerCase());
}

/** True when a segment of `path` is CES's own state folder, in any case (S10). */
export function isCesState(path: string): boolean {
  return path.split("/").some((name) => name.replace(IGNORABLE, "").toLowerCase() === ".ces");
}

/** The text of a name's bytes, or undefined when no record may hold it: not UTF-8, control characters, backslash. */
export function plainName(name: Buffer): string | undefined {
  const text = utf8Decode(name);
  return text === undefined || /[\p{Cc}\\]/u.test(text) ? undefined : text;
}

/** Any name as text for a person; never used to open something. */
export function shownName(name: Buffer): string {
  return printable(utf8Decode(name) ?? name.toString("latin1"), { max: 200 });
}

/** What a case-insensitive, normalising file system makes of a path. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase().normalize("NFC");
}
