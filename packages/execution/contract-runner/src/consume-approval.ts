// An approval for one execution is spent once, whatever happens afterwards: a file per approval, made exclusively and synced before
// anything starts (F-05). Two runners that race: the kernel lets one make it. A runner that dies between this and the start: it is
// spent, and the next one says by whom.
import { closeSync, constants, fsyncSync, openSync, readSync, renameSync, writeSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { CesError } from "@ces/kernel";

/** What is kept of a spent approval. */
export type Consumption = {
  readonly approval_id: string;
  readonly contract_sha256: string;
  readonly execution_id: string;
  readonly consumed_at: string;
};

/** `ours`: it is spent by this call. `spent`: it was before; `by` is absent when the record cannot be read. */
export type ConsumeAnswer =
  | { readonly kind: "ours" }
  | { readonly kind: "spent"; readonly by?: Consumption & { readonly finished: boolean } };

/** Spends an approval in `folder`, which is ours. Throws CesError `APPROVAL_STORE` when that cannot be made durable: nothing may run then. */
export function consumeApproval(folder: string, what: Consumption): ConsumeAnswer {
  const path = fileOf(folder, what.approval_id);
  const fd = create(path);
  if (fd === "exists") return { kind: "spent", ...named(readConsumption(folder, what.approval_id)) };
  try {
    writeSync(fd, `${JSON.stringify(what)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(folder);
  return { kind: "ours" };
}

/** Who spent the approval; undefined when nobody did. `finished` is false for a run of which no end is recorded. */
export function readConsumption(
  folder: string,
  approval_id: string,
): (Consumption & { readonly finished: boolean }) | "unreadable" | undefined {
  const path = fileOf(folder, approval_id);
  const text = read(path);
  if (text === undefined) return read(`${path}.end`) === undefined ? undefined : "unreadable";
  try {
    return { ...(JSON.parse(text) as Consumption), finished: read(`${path}.end`) !== undefined }; // ours, in a folder that is ours
  } catch {
    return "unreadable";
  }
}

/** Notes that the execution came to its receipt. Never throws: what it notes is a courtesy to whoever asks later. */
export function finishConsumption(folder: string, approval_id: string, receipt_sha256: string): void {
  const path = `${fileOf(folder, approval_id)}.end`;
  try {
    const fd = openSync(
      `${path}.tmp`,
      constants.O_CREAT | constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW,
      0o600,
    );
    writeSync(fd, `${receipt_sha256}\n`);
    fsyncSync(fd);
    closeSync(fd);
    renameSync(`${path}.tmp`, path);
  } catch {
    // The consumption itself is on disk.
  }
}

function named(by: ReturnType<typeof readConsumption>): { readonly by?: Consumption & { readonly finished: boolean } } {
  return typeof by === "object" ? { by } : {};
}

// An id is foreign text: its hash is the name.
function fileOf(folder: string, approval_id: string): string {
  return join(folder, `${createHash("sha256").update(approval_id).digest("hex")}.json`);
}

function create(path: string): number | "exists" {
  try {
    return openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return "exists";
    throw new CesError("APPROVAL_STORE", "the approval cannot be marked as used, so nothing was run", {
      remedy: "check the state folder of ces: ces doctor",
      cause: error,
    });
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function read(path: string): string | undefined {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = Buffer.alloc(8192);
      return bytes.toString("utf8", 0, readSync(fd, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
