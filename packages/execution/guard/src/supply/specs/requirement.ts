// One package that an install asks for, as its ecosystem reads the word: which name, which versions, from where.
import { printable } from "@ces/kernel";
import type { Ecosystem } from "../advisories.ts";
import { exactVersion, readRange } from "../ranges/read-range.ts";
import type { VersionRange } from "../ranges/comparator.ts";

/** Which versions would do. */
export type Wanted =
  /** Whatever the registry calls the newest, or a tag such as `next`. */
  | { readonly kind: "newest"; readonly tag: string | null }
  | { readonly kind: "exact"; readonly version: string }
  | { readonly kind: "range"; readonly text: string; readonly range: VersionRange }
  /** Not understood: any version at all. */
  | { readonly kind: "unknown"; readonly text: string };

/** Where it comes from. `registry` is the configured one. */
export type PackageSource =
  | { readonly kind: "registry" }
  | { readonly kind: "git"; readonly at: string }
  | { readonly kind: "url"; readonly at: string }
  /** A file or folder; `folder` when it is used where it stands (`-e`, `link:`). */
  | { readonly kind: "file"; readonly at: string; readonly folder: boolean }
  /** Under another name than its own (`npm:`). */
  | { readonly kind: "alias"; readonly as: string }
  /** A member of this workspace. */
  | { readonly kind: "workspace" }
  /** Another registry (`jsr:`). */
  | { readonly kind: "registry-other"; readonly at: string };

/** One requirement. `name` is null when only the source is known. */
export interface Requirement {
  readonly ecosystem: Ecosystem;
  /** As it was written, printable and capped. */
  readonly text: string;
  readonly name: string | null;
  readonly wanted: Wanted;
  readonly source: PackageSource;
  /** Hash of the content, where a lockfile pins it; absent when only words ask for it. */
  readonly integrity?: string;
}

/** Whatever is newest. */
export const newest: Wanted = { kind: "newest", tag: null };

const MAX_SHOWN = 120;

/** Words as they may be shown. */
export const shownWord = (text: string): string => printable(text, { max: MAX_SHOWN });

/** What a version part of a word wants; `tags` when words that are no range name a tag of the registry. */
export function wantedBy(ecosystem: Ecosystem, text: string, how: { readonly tags: boolean }): Wanted {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "latest" || trimmed === "*") return newest;
  const range = readRange(ecosystem, trimmed);
  if (range === undefined)
    return how.tags && /^[A-Za-z][\w.-]*$/.test(trimmed)
      ? { kind: "newest", tag: trimmed }
      : { kind: "unknown", text: shownWord(trimmed) };
  const version = exactVersion(range);
  if (version !== undefined) return { kind: "exact", version };
  return range.every((clause) => clause.length === 0) ? newest : { kind: "range", text: shownWord(trimmed), range };
}

/** A requirement from the configured registry. */
export function fromRegistry(ecosystem: Ecosystem, text: string, name: string, wanted: Wanted): Requirement {
  return { ecosystem, text: shownWord(text), name, wanted, source: { kind: "registry" } };
}

/** A requirement from somewhere else; the name as far as the word tells it. */
export function fromElsewhere(
  ecosystem: Ecosystem,
  text: string,
  name: string | null,
  source: PackageSource,
): Requirement {
  return { ecosystem, text: shownWord(text), name, wanted: { kind: "unknown", text: "" }, source };
}
