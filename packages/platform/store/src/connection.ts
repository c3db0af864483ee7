// A connection with the settings that durability and safety rest on, and the comparison of the schema (S10).
import { chmodSync, closeSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { randomBytes } from "node:crypto";
import Database from "better-sqlite3";
import { CesError } from "@ces/kernel";
import { syncDirectory } from "@ces/files";
import { migrations } from "./migrations.ts";
import { naming, tampered } from "./store-error.ts";

/** An open SQLite connection. */
export type Connection = Database.Database;

/** How a database is opened. */
export type OpenAs = { readonly readonly: boolean };

const BUSY_MS = 10_000;

/**
 * Opens an existing database, compares its whole schema with what the migrations make, and migrates it forward.
 * Nothing is written before the comparison. Throws CesError STORE_SCHEMA, STORE_NEWER, STORE_BUSY, STORE_DAMAGED.
 */
export function openConnection(file: string, as: OpenAs): Connection {
  return naming(() => {
    const connection = new Database(file, { fileMustExist: true, readonly: as.readonly, timeout: BUSY_MS });
    try {
      configure(connection);
      const version = checkSchema(connection);
      if (!as.readonly) migrate(connection, version);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** Makes a database whole or not at all: built under another name, then renamed. */
export function createDatabase(file: string, ids: { readonly database_id: string; readonly project_id: string }): void {
  const temporary = `${file}.new-${randomBytes(8).toString("hex")}`;
  closeSync(openSync(temporary, "wx", 0o600));
  chmodSync(temporary, 0o600);
  try {
    naming(() => fill(temporary, ids));
    renameSync(temporary, file);
  } finally {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(temporary + end, { force: true });
  }
  syncDirectory(dirname(file));
}

function fill(file: string, ids: { readonly database_id: string; readonly project_id: string }): void {
  const connection = new Database(file, { fileMustExist: true, timeout: BUSY_MS });
  try {
    connection.pragma("journal_mode = WAL");
    configure(connection);
    migrate(connection, 0);
    connection
      .prepare("INSERT INTO meta (only, database_id, project_id) VALUES (1, ?, ?)")
      .run(ids.database_id, ids.project_id);
    connection.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    connection.close();
  }
}

// SECURITY: trusted_schema off before anything is read, so that a planted view or trigger can call nothing.
function configure(connection: Connection): void {
  connection.pragma("trusted_schema = OFF");
  connection.pragma("foreign_keys = ON");
  connection.pragma("recursive_triggers = ON");
  connection.pragma("synchronous = FULL");
  connection.pragma("cell_size_check = ON");
}

function migrate(connection: Connection, from: number): void {
  migrations.slice(from).forEach((sql, i) => {
    connection
      .transaction(() => {
        connection.exec(sql);
        connection.pragma(`user_version = ${from + i + 1}`);
      })
      .immediate();
  });
}

function checkSchema(connection: Connection): number {
  const version = Number(connection.pragma("user_version", { simple: true }));
  if (version > migrations.length)
    throw new CesError("STORE_NEWER", "the database was made by a newer ces", { remedy: "use the newer ces" });
  const found = schemaOf(connection);
  const expected = expectedSchema(version);
  const fault = expected.find((line, i) => line !== found[i]) ?? found.find((line, i) => line !== expected[i]);
  if (fault !== undefined)
    throw tampered("STORE_SCHEMA", `the database's schema is not the one ces makes, near \`${firstLine(fault)}\``);
  return version;
}

function expectedSchema(version: number): readonly string[] {
  const model = new Database(":memory:");
  try {
    for (const sql of migrations.slice(0, version)) model.exec(sql);
    return schemaOf(model);
  } finally {
    model.close();
  }
}

// Byte for byte, in the order in which things were made; only page numbers may differ.
function schemaOf(connection: Connection): readonly string[] {
  const rows = connection
    .prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid")
    .raw()
    .all();
  return rows.map((row) => JSON.stringify(row));
}

function firstLine(text: string): string {
  return text.slice(0, 80);
}
