// What an install is about, as data: a client's profile fills it in, the judgement reads it. No client, no disk, no clock behind it.
import type { Advisories, Ecosystem } from "../advisories.ts";
import type { LockEntry } from "../locks/lock-entry.ts";
import type { Requirement } from "../specs/requirement.ts";

/** What an install would do to a project. */
export type InstallScope =
  /** What the lockfile pins, nothing else. */
  | "lockfile"
  /** The packages that were named, on top of what is pinned. */
  | "add"
  /** Whatever is newest, for many packages at once. */
  | "update"
  /** Fetch and run at once. */
  | "run"
  /** Tools for every project of this account. */
  | "global";

/** What stops install scripts. `off`: off already; `rewritable`: a switch turns them off; `never`: this client has none. */
export type ScriptState = "off" | "rewritable" | "never";

/** One install. */
export interface InstallRequest {
  readonly ecosystem: Ecosystem;
  /** The command as a person would name it: `npm ci`. */
  readonly command: string;
  readonly scope: InstallScope;
  /** The client stops when the lockfile does not say it all. */
  readonly frozen: boolean;
  readonly requested: readonly Requirement[];
  /** Words that are only known when it runs. */
  readonly unknown_words: boolean;
  /** What the project's manifest asks for; null when there is none or it cannot be read. */
  readonly manifest: readonly Requirement[] | null;
  /** Why a manifest that is there says nothing; null when it was read, or there is none. */
  readonly manifest_fault: string | null;
  /** Null: no lockfile, or none that can be read; then `lock_fault` says which. */
  readonly locked: readonly LockEntry[] | null;
  readonly lock_fault: string | null;
  /** What the client noted of its last install, where it notes it; null when it is not known. */
  readonly installed: readonly LockEntry[] | null;
  readonly scripts: ScriptState;
}

/** What a registry's metadata says of one version, from a cache of the host. Never asked over a network. */
export interface VersionFacts {
  /** Milliseconds since 1970; null when it is not known. */
  readonly published: number | null;
  readonly deprecated: string | null;
  readonly scripts: boolean;
  /** Published by somebody else, or with weaker proof, than the version before. */
  readonly trust_lost: boolean;
}

/** What a person granted: exactly this version with exactly this content. It never covers a malicious package. */
export interface Grant {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  /** Hash as the lockfile writes it; null where the ecosystem's lockfile has none. */
  readonly integrity: string | null;
}

/** What an install is judged against. */
export interface InstallGround {
  readonly advisories: Advisories | null;
  readonly metadata: ((ecosystem: Ecosystem, name: string, version: string) => VersionFacts | null) | null;
  readonly grants: readonly Grant[];
  /** Milliseconds since 1970. */
  readonly now: number;
}
