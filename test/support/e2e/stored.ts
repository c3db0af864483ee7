// What lies in a project's trust domain, read past CES: rows of its database, box folders, living processes of its boxes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface StoredRow {
  readonly kind: string;
  readonly id: string;
  readonly body: Record<string, unknown>;
}

export interface Stored {
  readonly records: readonly StoredRow[];
  /** Names of journalled effects, done ones and all. */
  readonly effects: readonly string[];
  readonly done: number;
  /** Summaries of the ledger's entries of deliveries, oldest first. */
  readonly steps: readonly string[];
  readonly snapshot: Record<string, unknown>;
}

/** Reads the whole state of a project with one delivery. */
export function readStored(stateDir: string): Stored {
  const database = new DatabaseSync(join(stateDir, "state.db"), { readOnly: true });
  try {
    const all = (sql: string): readonly Record<string, unknown>[] => database.prepare(sql).all();
    const json = (text: unknown): Record<string, unknown> => JSON.parse(String(text)) as Record<string, unknown>;
    const rows = all("SELECT kind, id, body FROM records UNION ALL SELECT kind, id, body FROM trail");
    const entries = all("SELECT bytes FROM ledger ORDER BY seq").map(({ bytes }) => json(bytes));
    return {
      records: rows.map(({ kind, id, body }) => ({ kind: String(kind), id: String(id), body: json(body) })),
      effects: all("SELECT body FROM effects ORDER BY n").map(({ body }) => String(json(body)["name"])),
      done: Number(all("SELECT count(*) AS many FROM effects_done")[0]?.["many"]),
      steps: entries.filter((one) => one["event_type"] === "state_transition").map((one) => String(one["summary"])),
      snapshot: json(all("SELECT body FROM snapshots ORDER BY n DESC LIMIT 1")[0]?.["body"] ?? "{}"),
    };
  } finally {
    database.close();
  }
}

/** How many rows there are of each kind. */
export function countKinds(stored: Stored): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of stored.records) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Every box that this project ever noted or recorded, as far as something of it is left: its folder, or a living process. */
export function leftBoxes(stateDir: string, stored: Stored, told: readonly string[] = []): readonly string[] {
  const runs = new Set([
    ...told,
    ...notes(stateDir),
    ...stored.records.filter(({ kind }) => kind === "run_started").map(({ id }) => id),
  ]);
  const bases = [join(stateDir, "boxes"), "/var/lib/ces/boxes"];
  const folders = [...runs].flatMap((run) => bases.map((base) => join(base, run)).filter((path) => existsSync(path)));
  return [...folders, ...livingProcesses([...runs])];
}

/** Processes in whose arguments or mounts one of the runs stands. */
export function livingProcesses(runs: readonly string[]): readonly string[] {
  const facts = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && !facts(pid, "stat").includes(") Z "))
    .flatMap((pid) =>
      runs
        .filter((run) => facts(pid, "cmdline").includes(run) || facts(pid, "mountinfo").includes(`/${run}/`))
        .map((run) => `${pid} of ${run}`),
    );
}

function notes(stateDir: string): readonly string[] {
  const folder = join(stateDir, "open-boxes");
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => /R-[0-9a-f]{12}$/.exec(name) ?? [])
    : [];
}
