// What a second local process could do to a project's database: past its triggers, and leaving its schema as it was.
import { createHmac } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** Works on a database that nobody has open, with all triggers out of the way, then puts them back as they were. */
export function tamper(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  try {
    const triggers = database
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
      .all();
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
    work(database);
    for (const { sql } of triggers) database.exec(String(sql));
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

/** Number of the newest ledger entry. */
export function lastEntry(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(database.prepare("SELECT max(seq) AS last FROM ledger").get()?.["last"]);
  } finally {
    database.close();
  }
}

/** Writes entry `seq` anew with another summary, sealed as well as one can without the key. */
export function forge(database: DatabaseSync, seq: number): void {
  const row = database.prepare("SELECT bytes, prev_mac FROM ledger WHERE seq = ?").get(seq);
  const bytes = String(row?.["bytes"]).replace('"summary":"', '"summary":"forged ');
  const mac = createHmac("sha256", "a key that somebody made up, 32 bytes and more")
    .update(`ces.ledger/v1\0${seq}\0${String(row?.["prev_mac"])}\0${bytes}`)
    .digest("hex");
  database.prepare("UPDATE ledger SET bytes = ?, mac = ? WHERE seq = ?").run(bytes, mac, seq);
}
