// What the store throws, and what SQLite's own errors mean here.
import { CesError } from "@ces/kernel";

/** An integrity failure (exit 4): what is on disk is not what CES wrote. */
export function tampered(code: string, why: string): CesError {
  return new CesError(code, why, { remedy: "ces audit verify" });
}

/** Runs `work`, giving SQLite's errors a code: STORE_BUSY, STORE_FULL, STORE_DAMAGED, STORE_REFUSED. */
export function naming<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(error);
  }
}

function named(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "SqliteError" || !("code" in error)) return error;
  const code = String(error.code);
  const detail = { cause: error };
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return new CesError("STORE_BUSY", "another process holds the database", {
      ...detail,
      remedy: "wait for it, or end it, and try again",
    });
  if (code.startsWith("SQLITE_FULL") || code.startsWith("SQLITE_IOERR"))
    return new CesError("STORE_FULL", "the disk does not take more", {
      ...detail,
      remedy: "free some space and run: ces continue",
    });
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB"))
    return new CesError("STORE_DAMAGED", "the database is damaged", { ...detail, remedy: "ces audit verify" });
  if (code.startsWith("SQLITE_CONSTRAINT"))
    return new CesError("STORE_REFUSED", `the database refused a row: ${error.message}`, {
      ...detail,
      remedy: "ces audit verify",
    });
  return error;
}
