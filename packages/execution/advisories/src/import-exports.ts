// Imports OSV exports into the guard's advisory data: in a worker with a bounded heap and a time limit, so that a hostile export costs an error.
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { CesError } from "@ces/kernel";
import type { CompileReport } from "./compile.ts";
import type { CompileAnswer } from "./compile-advisories.entry.ts";
import { importLimits, type ImportLimits } from "./import-limits.ts";

/** What is imported: paths of zips, of files with one record a line, of single records, or of folders with any of them. */
export interface ImportOptions {
  /** The file that is replaced. Its folder is the caller's, 0700. */
  readonly into: string;
  /** The file whose malicious records must not be lost; `into` unless told, null for none. */
  readonly previous?: string | null;
  /** A person at a terminal agreed that malicious records are lost. */
  readonly person?: boolean;
  readonly limits?: Partial<ImportLimits>;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

export type ImportReport = CompileReport;

/**
 * Imports, and replaces the file in one step. An ecosystem that the sources speak of is replaced whole, the others stay.
 * Throws ADVISORIES_LOST when malicious records would be lost and no person agreed; ADVISORIES_SOURCE, ADVISORIES_LIMIT, ADVISORIES_EMPTY,
 * ADVISORIES_CORRUPT (the previous file).
 */
export async function importExports(sources: readonly string[], options: ImportOptions): Promise<ImportReport> {
  const { into, person = false, now = Date.now() } = options;
  const limits = { ...importLimits, ...options.limits };
  const temporary = `${into}.${randomBytes(8).toString("hex")}`;
  const previous = options.previous === undefined ? into : options.previous;
  try {
    const answer = await compiled({ sources, into, temporary, previous, person, limits, now }, limits);
    if (answer.kind === "done") return answer.report;
    const detail = answer.remedy === undefined ? {} : { remedy: answer.remedy };
    throw new CesError(answer.code, answer.message, detail);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function compiled(job: object, limits: ImportLimits): Promise<CompileAnswer> {
  const worker = new Worker(besideThisFile(), {
    workerData: job,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.heap_mib, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 },
  });
  const over = (what: string, cause?: unknown): CesError =>
    new CesError("ADVISORIES_LIMIT", `the import took more ${what} than it may`, {
      remedy: "get the export again",
      cause,
    });
  return new Promise<CompileAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      void worker.terminate();
      reject(over("time"));
    }, limits.time_ms);
    worker.once("message", (answer: CompileAnswer) => resolve(answer));
    worker.once("error", (error) =>
      reject("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY" ? over("memory", error) : error),
    );
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(
        new CesError("ADVISORIES_LIMIT", "the import ended without an answer", { remedy: "ces guard deps status" }),
      );
    });
  }).finally(() => void worker.terminate());
}

/** Source beside source, bundle beside bundle. */
function besideThisFile(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./compile-advisories.entry.${extension}`, import.meta.url));
}
