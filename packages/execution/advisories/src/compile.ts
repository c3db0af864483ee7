// The import itself, inside its worker: read, understand, compare with what was known, write.
import { type AdvisoryRecord, type Ecosystem, ecosystems, readOsv } from "@ces/guard/supply";
import { CesError, parseJson } from "@ces/kernel";
import type { ImportLimits } from "./import-limits.ts";
import { openIndexFile } from "./index-file.ts";
import type { EcosystemCount } from "./index-format.ts";
import { lostRecord, type LostRecord } from "./lost-malice.ts";
import { sourceRecords } from "./source-records.ts";
import { recordsOf, verifyIndex } from "./verify-index.ts";
import { writeIndex, type IndexContent, type IndexPlace, type TableContent } from "./write-index.ts";

/** What the worker is given: plain data. */
export interface CompileJob extends IndexPlace {
  readonly sources: readonly string[];
  /** The file whose malicious records must not be lost; usually the one that is replaced. Null for none. */
  readonly previous: string | null;
  /** A person agreed to lose them. */
  readonly person: boolean;
  readonly limits: ImportLimits;
  readonly now: number;
}

/** What came of it. */
export interface CompileReport {
  readonly ecosystems: readonly EcosystemCount[];
  readonly as_of: number;
  readonly records: number;
  readonly withdrawn: number;
  /** Documents that are no records; the first few names. */
  readonly refused: number;
  readonly refused_names: readonly string[];
  readonly lost: readonly LostRecord[];
}

type Names = Map<string, AdvisoryRecord[]>;

interface Gathered {
  readonly tables: Map<Ecosystem, { readonly malicious: Names; readonly vulnerable: Names; as_of: number }>;
  records: number;
  withdrawn: number;
  refused: number;
  readonly refused_names: string[];
  bytes: number;
}

/** Most lost records that are told one by one. */
const MOST_TOLD = 20;

/** Compiles the sources. Throws ADVISORIES_SOURCE, ADVISORIES_LIMIT, ADVISORIES_EMPTY, ADVISORIES_LOST, ADVISORIES_CORRUPT. */
export async function compileAdvisories(job: CompileJob): Promise<CompileReport> {
  const gathered: Gathered = { tables: new Map(), records: 0, withdrawn: 0, refused: 0, refused_names: [], bytes: 0 };
  for (const source of job.sources) await gather(gathered, source, job);
  if (gathered.tables.size === 0)
    throw new CesError("ADVISORIES_EMPTY", "the export holds no record on any package that is known here", {
      remedy: "ces guard deps import ZIP",
    });
  const lost = carryOver(gathered, job);
  if (lost.length > 0 && !job.person) throw lostError(lost);
  const content = contentOf(gathered, job.now);
  writeIndex(content, job);
  const { records, withdrawn, refused, refused_names } = gathered;
  return { ecosystems: content.ecosystems, as_of: content.as_of, records, withdrawn, refused, refused_names, lost };
}

interface FromSource {
  readonly records: readonly AdvisoryRecord[];
  readonly newest: number;
}

async function gather(gathered: Gathered, source: string, { limits, now }: CompileJob): Promise<void> {
  const all: FromSource[] = [];
  const counts = new Map<Ecosystem, number>();
  for await (const { name, bytes, written } of sourceRecords(source, limits)) {
    gathered.bytes += bytes.length;
    gathered.records += 1;
    if (gathered.bytes > limits.total_bytes || gathered.records > limits.records)
      throw new CesError("ADVISORIES_LIMIT", `\`${source}\` holds more than an import may read`, {
        remedy: "get the export again",
      });
    const read = parseJson(bytes, { maxBytes: limits.record_bytes, maxDepth: limits.depth });
    const reading = read.kind === "parsed" ? readOsv(read.value) : ({ kind: "refused", why: read.cause } as const);
    if (reading.kind === "advisory") {
      // A date in the future would keep the data fresh for ever.
      all.push({ records: reading.records, newest: Math.min(now, Math.max(reading.modified, written)) });
      for (const ecosystem of new Set(reading.records.map((one) => one.ecosystem)))
        counts.set(ecosystem, (counts.get(ecosystem) ?? 0) + 1);
    } else if (reading.kind === "withdrawn") gathered.withdrawn += 1;
    else {
      gathered.refused += 1;
      if (gathered.refused_names.length < 10) gathered.refused_names.push(name);
    }
  }
  take(gathered, all, coveredBy(counts, all.length));
}

// An ecosystem's own export holds records that speak of others as well, but not all of theirs: where one ecosystem is in every
// record, the source is that one's alone; else it is a mixture and speaks of all that occur.
function coveredBy(counts: ReadonlyMap<Ecosystem, number>, total: number): ReadonlySet<Ecosystem> {
  const everywhere = [...counts].filter(([, count]) => count === total).map(([ecosystem]) => ecosystem);
  return new Set(everywhere.length > 0 ? everywhere : counts.keys());
}

function take(gathered: Gathered, all: readonly FromSource[], covered: ReadonlySet<Ecosystem>): void {
  for (const { records, newest } of all)
    for (const record of records) if (covered.has(record.ecosystem)) put(gathered, record, newest);
}

function put({ tables }: Gathered, record: AdvisoryRecord, newest: number): void {
  const table = tables.get(record.ecosystem) ?? { malicious: new Map(), vulnerable: new Map(), as_of: 0 };
  tables.set(record.ecosystem, table);
  table.as_of = Math.max(table.as_of, newest);
  const names = record.malicious ? table.malicious : table.vulnerable;
  const known = names.get(record.name);
  if (known === undefined) names.set(record.name, [record]);
  else known.push(record);
}

// Ecosystems that this import does not speak of stay as they were; of the others, what is lost is told.
function carryOver(gathered: Gathered, { previous }: CompileJob): readonly LostRecord[] {
  if (previous === null || verifyIndex(previous) === undefined) return [];
  const file = openIndexFile(previous);
  if (file === undefined) return [];
  const fresh = new Set(gathered.tables.keys());
  const lost: LostRecord[] = [];
  try {
    for (const table of file.header.tables) {
      const as_of = file.header.ecosystems.find((one) => one.ecosystem === table.ecosystem)?.as_of ?? 0;
      const names = gathered.tables.get(table.ecosystem);
      for (const record of recordsOf(file, table)) {
        const one =
          fresh.has(table.ecosystem) && record.malicious
            ? lostRecord(record, names?.malicious.get(record.name) ?? [])
            : null;
        if (one !== null) lost.push(one);
        if (!fresh.has(table.ecosystem)) put(gathered, record, as_of);
      }
    }
  } finally {
    file.close();
  }
  return lost;
}

function lostError(lost: readonly LostRecord[]): CesError {
  const some = lost.slice(0, MOST_TOLD).map(({ id, name, how }) => `${id} on \`${name}\` (${how})`);
  const more = lost.length > some.length ? ` and ${lost.length - some.length} more` : "";
  return new CesError(
    "ADVISORIES_LOST",
    `the export takes back ${lost.length} records of malicious packages: ${some.join(", ")}${more}`,
    {
      remedy: "look at them, then run the import at a terminal",
    },
  );
}

function contentOf({ tables }: Gathered, now: number): IndexContent {
  const present = ecosystems.flatMap((ecosystem) => {
    const table = tables.get(ecosystem);
    return table === undefined ? [] : [{ ecosystem, ...table }];
  });
  const counted = present.map(({ ecosystem, malicious, vulnerable, as_of }): EcosystemCount => ({
    ecosystem,
    as_of,
    malicious: sum(malicious),
    vulnerable: sum(vulnerable),
    names: new Set([...malicious.keys(), ...vulnerable.keys()]).size,
  }));
  return {
    // The oldest of them: data is as fresh as its stalest part.
    as_of: Math.min(...counted.map((one) => one.as_of)),
    made_at: now,
    ecosystems: counted,
    tables: present.flatMap(({ ecosystem, malicious, vulnerable }): readonly TableContent[] => [
      { ecosystem, kind: "malicious", names: malicious },
      { ecosystem, kind: "vulnerable", names: vulnerable },
    ]),
  };
}

const sum = (names: Names): number => [...names.values()].reduce((total, one) => total + one.length, 0);
