// One installed package as a lockfile pins it. All lockfiles come down to a list of these.
import { printable } from "@ces/kernel";
import type { Ecosystem } from "../advisories.ts";

/** A pinned package. Names and versions are attacker-controlled text; nothing here is a path. */
export interface LockEntry {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Null when the lockfile pins by something else (a commit). */
  readonly version: string | null;
  readonly source: "registry" | "git" | "url" | "file" | "workspace";
  /** Host that the lockfile names for the download; null when it names none. */
  readonly host: string | null;
  /** Hash as the lockfile writes it; null when there is none. */
  readonly integrity: string | null;
  /** The lockfile says that it runs a script when it is installed. */
  readonly scripts: boolean;
  /** What the registry says of a version that should not be used any more; null when nothing. */
  readonly deprecated: string | null;
}

/** What a lockfile says, or why nothing can be said. */
export type LockReading =
  | { readonly kind: "read"; readonly entries: readonly LockEntry[] }
  | { readonly kind: "unreadable"; readonly why: string };

/** Most entries that are believed; a lockfile with more is not read. */
export const MAX_ENTRIES = 100_000;

/** An entry, with what is not said filled in. */
export function lockEntry(
  ecosystem: Ecosystem,
  name: string,
  version: string | null,
  more: Partial<Omit<LockEntry, "ecosystem" | "name" | "version">> = {},
): LockEntry {
  return {
    ecosystem,
    name,
    version,
    source: "registry",
    host: null,
    integrity: null,
    scripts: false,
    deprecated: null,
    ...more,
  };
}

/** A reading of these entries; unreadable when there are too many. */
export function readEntries(entries: readonly LockEntry[]): LockReading {
  return entries.length > MAX_ENTRIES
    ? { kind: "unreadable", why: `it pins more than ${MAX_ENTRIES} packages` }
    : { kind: "read", entries };
}

/** The host of a URL, printable; null when the text names none. */
export function hostOf(url: string): string | null {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@?#]*@)?([^/?#:]+)/i.exec(url)?.[1];
  return host === undefined ? null : printable(host.toLowerCase(), { max: 100 });
}

/** What kind of place a `resolved` text names. */
export function sourceOfUrl(url: string): LockEntry["source"] {
  if (/^(?:git[+:@]|ssh:|github:|gitlab:|bitbucket:)/i.test(url) || /\.git(?:#|$)/i.test(url)) return "git";
  if (/^(?:file|link|portal):/i.test(url) || /^\.{0,2}\//.test(url)) return "file";
  return /^https?:/i.test(url) ? "registry" : "url";
}
