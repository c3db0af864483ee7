// Brings the user's checkout to the merged tree, one atomic rename per file, then its index for the touched paths. Each path
// is looked at again right before it is replaced. Run it again after a crash: finished paths are passed over.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  lchownSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import type { GitCheckout, IndexChange } from "@ces/ports";
import { blobIdOf, type BlobId } from "./blob-id.ts";
import { atParent, entryAt } from "./checkout-file.ts";
import { below } from "./open-at.ts";
import { isExpected, type CheckoutPlan } from "./plan-checkout.ts";
import type { TreeChange } from "./tree-changes.ts";

/** Done, or the path where the user's checkout had changed meanwhile (paths before it are done). */
export type ApplyAnswer =
  | { readonly kind: "applied"; readonly files: number }
  | { readonly kind: "refused"; readonly code: "WOULD_OVERWRITE"; readonly paths: readonly string[] };

/** Deletes first, then writes, then the index. Throws CesError `GIT_INDEX_LOCKED`. */
export async function applyCheckout(git: GitCheckout, plan: CheckoutPlan): Promise<ApplyAnswer> {
  const blobId = blobIdOf(git.object_format);
  const deletes = plan.changes.filter((change) => change.to === null);
  for (const change of deletes) if (!deleteOne(plan.root, change, blobId)) return refused(change.path);
  const writes = plan.changes.filter((change) => change.to !== null);
  const blobs = await git.blobs(writes.map((change) => change.to?.oid ?? ""));
  for (const [i, change] of writes.entries())
    if (!writeOne(plan.root, change, { blobId, bytes: blobs[i] ?? new Uint8Array() })) return refused(change.path);
  await git.updateIndex(plan.changes.map(indexChange));
  return { kind: "applied", files: plan.changes.length };
}

function refused(path: string): ApplyAnswer {
  return { kind: "refused", code: "WOULD_OVERWRITE", paths: [path] };
}

function indexChange({ path, from, to }: TreeChange): IndexChange {
  return { path, mode: to?.mode ?? from?.mode ?? "100644", oid: to?.oid ?? null };
}

function deleteOne(root: string, change: TreeChange, blobId: BlobId): boolean {
  const answer = atParent(root, change.path, { make: false }, (folder, name) => {
    const entry = entryAt(folder, name, blobId);
    if (entry.kind === "absent" || entry.kind === "folder") return true;
    if (!isExpected(entry, change)) return false;
    unlinkSync(below(folder, name));
    return true;
  });
  // A missing or replaced parent: the file is gone, which is what was wanted.
  if (answer.kind !== "at") return true;
  if (answer.value) removeEmptyParents(root, change.path);
  return answer.value;
}

function removeEmptyParents(root: string, path: string): void {
  for (let dir = dirname(path); dir !== "."; dir = dirname(dir)) {
    const answer = atParent(root, dir, { make: false }, (folder, name) => removedIfEmpty(below(folder, name)));
    if (answer.kind !== "at" || !answer.value) return;
  }
}

function removedIfEmpty(path: Buffer): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    // Holds something of the user's, or is gone.
    return false;
  }
}

type Content = { readonly blobId: BlobId; readonly bytes: Uint8Array };

function writeOne(root: string, change: TreeChange, content: Content): boolean {
  const answer = atParent(root, change.path, { make: true }, (folder, name) => replace(folder, name, change, content));
  return answer.kind === "at" && answer.value;
}

function replace(folder: number, name: string, change: TreeChange, { blobId, bytes }: Content): boolean {
  const entry = entryAt(folder, name, blobId);
  if (entry.kind === "content" && entry.oid === change.to?.oid && entry.mode === change.to.mode) return true;
  const emptied = entry.kind === "folder" && change.from === null && removedIfEmpty(below(folder, name));
  if (!emptied && !isExpected(entry, change)) return false;
  const temporary = `.ces-${randomBytes(9).toString("hex")}`;
  writeTemporary(folder, temporary, change, bytes);
  renameSync(below(folder, temporary), below(folder, name));
  return true;
}

function writeTemporary(folder: number, name: string, change: TreeChange, bytes: Uint8Array): void {
  const owner = fstatSync(folder);
  if (change.to?.mode === "120000") {
    symlinkSync(Buffer.from(bytes), below(folder, name));
    if (process.geteuid?.() === 0) lchownSync(below(folder, name), owner.uid, owner.gid);
    return;
  }
  const fd = openSync(below(folder, name), "wx", 0o666);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    // The user's umask decides who reads; git adds execution where reading is allowed.
    const mode = fstatSync(fd).mode & 0o777;
    if (change.to?.mode === "100755") fchmodSync(fd, mode | ((mode & 0o444) >> 2));
    if (process.geteuid?.() === 0) fchownSync(fd, owner.uid, owner.gid);
  } finally {
    closeSync(fd);
  }
}
