// What the guard asks of advisory data; the compiled index behind it is read by `@ces/advisories`, the test's is a list.

/** Ecosystems as OSV spells them. */
export type Ecosystem = "npm" | "PyPI" | "crates.io" | "Go" | "RubyGems" | "Packagist";

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

/** Look-ups that never throw and use no network. */
export interface Advisories {
  /** Milliseconds since 1970: when the newest record was changed, or the export was made. */
  readonly as_of: number;
  /** True when this ecosystem was imported at all. */
  readonly covers: (ecosystem: Ecosystem) => boolean;
  /** Advisories on exactly this version; with null for "any version", every advisory that is not bound to old ones. */
  readonly find: (ecosystem: Ecosystem, name: string, version: string | null) => readonly Advisory[];
}
