// What a second local process could do to a database: past the triggers, and leaving the schema as it was.
import Database from "better-sqlite3";

/** Runs SQL on the closed database with all triggers out of the way, then puts them back as they were. */
export function tamper(file: string, ...statements: readonly string[]): void {
  const db = new Database(file);
  try {
    db.pragma("recursive_triggers = OFF");
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").all() as {
      name: string;
      sql: string;
    }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    for (const sql of statements) db.exec(sql);
    for (const { sql } of triggers) db.exec(sql);
  } finally {
    db.close();
  }
}

/** Columns of a table, as they stand in the database. */
export function columnsOf(file: string, table: string): readonly { readonly name: string; readonly type: string }[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all() as { name: string; type: string }[];
  } finally {
    db.close();
  }
}

export function tablesOf(file: string): readonly string[] {
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .pluck()
      .all() as string[];
  } finally {
    db.close();
  }
}
