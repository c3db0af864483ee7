// Advisories over the compiled file: opening reads the header only, a look-up a page and at most one block.
import { findIn, packageKey, type Advisories, type AdvisoryRecord } from "@ces/guard/supply";
import { isCesError } from "@ces/kernel";
import { openIndexFile, openTable, type OpenTable } from "./index-file.ts";
import type { EcosystemCount } from "./index-format.ts";

/** Advisories with what a person may be told of them. */
export interface AdvisoryFile extends Advisories {
  readonly path: string;
  readonly ecosystems: readonly EcosystemCount[];
  /** Milliseconds since 1970. */
  readonly made_at: number;
  close(): void;
}

/**
 * Opens the file; null when there is none. Throws ADVISORIES_CORRUPT, ADVISORIES_UNSAFE. Damage that a look-up meets is no throw:
 * `fault` tells of it from then on, and the guard refuses installs.
 */
export function openAdvisories(path: string): AdvisoryFile | null {
  const file = openIndexFile(path);
  if (file === undefined) return null;
  const tables = new Map<string, OpenTable[]>();
  for (const table of file.header.tables) {
    const known = tables.get(table.ecosystem) ?? [];
    tables.set(table.ecosystem, [...known, openTable(file, table)]);
  }
  let fault: string | null = null;
  const seen = new Map<string, readonly AdvisoryRecord[]>();
  const about: Advisories["about"] = (ecosystem, name) => {
    const key = packageKey(ecosystem, name);
    const known = seen.get(`${ecosystem}\n${key}`);
    if (known !== undefined) return known;
    try {
      const found = (tables.get(ecosystem) ?? []).flatMap((table) => table.find(key));
      seen.set(`${ecosystem}\n${key}`, found);
      return found;
    } catch (error) {
      fault = isCesError(error) ? error.message : `the advisory data in \`${path}\` cannot be read`;
      return [];
    }
  };
  return {
    path,
    as_of: file.header.as_of,
    made_at: file.header.made_at,
    ecosystems: file.header.ecosystems,
    covers: (ecosystem) => file.header.ecosystems.some((one) => one.ecosystem === ecosystem),
    about,
    find: (ecosystem, name, version) => findIn(about(ecosystem, name), version),
    fault: () => fault,
    close: () => file.close(),
  };
}
