// What the guard asks of advisory data; the compiled index behind it is read by `@ces/advisories`, the test's is a list.

/** Ecosystems as OSV spells them. */
export type Ecosystem = "npm" | "PyPI" | "crates.io" | "Go" | "RubyGems" | "Packagist";

/** Every ecosystem, in the order of the index. */
export const ecosystems: readonly Ecosystem[] = ["npm", "PyPI", "crates.io", "Go", "RubyGems", "Packagist"];

/** One advisory that speaks of a package. */
export interface Advisory {
  /** `MAL-…`, `GHSA-…`, `CVE-…`. */
  readonly id: string;
  /** True for malicious packages: the install stops. */
  readonly malicious: boolean;
  readonly summary: string;
  /** 0–10, null when the record gives none. */
  readonly cvss: number | null;
  /** A version in which it is fixed, if there is one. */
  readonly fixed: string | null;
}

/** Versions from `from` (null: the first) up to `to` (null: no end), `to` itself only when `including`. */
export interface AffectedInterval {
  readonly from: string | null;
  readonly to: string | null;
  readonly including: boolean;
}

/** An advisory with the versions of one package that it speaks of: those in an interval, and those listed. */
export interface AdvisoryRecord extends Advisory {
  readonly ecosystem: Ecosystem;
  /** As the registry compares names (`packageKey`). */
  readonly name: string;
  readonly intervals: readonly AffectedInterval[];
  readonly versions: readonly string[];
}

/** Look-ups that never throw and use no network. */
export interface Advisories {
  /** Milliseconds since 1970: when the newest record was changed, or the export was made. */
  readonly as_of: number;
  /** True when this ecosystem was imported at all. */
  readonly covers: (ecosystem: Ecosystem) => boolean;
  /** Advisories on exactly this version; with null for "any version", every advisory that is not bound to old ones. */
  readonly find: (ecosystem: Ecosystem, name: string, version: string | null) => readonly Advisory[];
  /** Everything that is known of a package, whatever the version. */
  readonly about: (ecosystem: Ecosystem, name: string) => readonly AdvisoryRecord[];
  /** What was found damaged while looking, in one sentence; null while all is well. A look-up that met damage answered nothing. */
  readonly fault: () => string | null;
}
