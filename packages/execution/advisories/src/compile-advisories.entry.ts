// The worker of an import: bounded memory, no access to what the command holds. Its answer is plain data.
import { parentPort, workerData } from "node:worker_threads";
import { isCesError } from "@ces/kernel";
import { compileAdvisories, type CompileJob, type CompileReport } from "./compile.ts";

/** What the worker says at its end. */
export type CompileAnswer =
  | { readonly kind: "done"; readonly report: CompileReport }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly remedy: string | undefined };

async function answer(): Promise<CompileAnswer> {
  try {
    // SAFETY: only `importExports` starts this worker, and gives it a job.
    return { kind: "done", report: await compileAdvisories(workerData as CompileJob) };
  } catch (error) {
    if (!isCesError(error)) throw error;
    return { kind: "refused", code: error.code, message: error.message, remedy: error.remedy };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
parentPort?.postMessage(await answer());
