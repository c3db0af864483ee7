// May the user's checkout be brought to the merged tree? Only for touched paths, and only where nothing of the user's is in
// the way: untracked, ignored or changed content is never overwritten (S15).
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { GitCheckout, IndexEntry, TreeFile } from "@ces/ports";
import { blobIdOf, type BlobId } from "./blob-id.ts";
import { checkoutEntry, siblingNames, type CheckoutEntry } from "./checkout-file.ts";
import { foldPath } from "./odd-names.ts";
import { treeChanges, type TreeChange } from "./tree-changes.ts";
import { walkTree } from "./walk-tree.ts";

/** The checkout (opened with its own git directory) and the two trees. */
export type CheckoutRequest = {
  readonly git: GitCheckout;
  readonly root: string;
  readonly fromTree: string;
  readonly toTree: string;
};

/** What to do to the checkout. `changes` are also the index entries to set. */
export type CheckoutPlan = {
  readonly kind: "ok";
  readonly root: string;
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
  readonly changes: readonly TreeChange[];
};

/** The plan, or every path in the way. CHECKOUT_BUSY: a merge, rebase or another git process is under way. */
export type CheckoutAnswer =
  | CheckoutPlan
  | { readonly kind: "refused"; readonly code: "WOULD_OVERWRITE" | "CHECKOUT_BUSY"; readonly paths: readonly string[] };

const BUSY = ["index.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"];

/** Plans; nothing is written. Run again after a crash: paths that are already as they should be are fine. */
export async function planCheckout(request: CheckoutRequest): Promise<CheckoutAnswer> {
  const { git, root, fromTree, toTree } = request;
  const busy = BUSY.filter((name) => lstatSync(join(git.git_dir, name), { throwIfNoEntry: false }) !== undefined);
  if (busy.length > 0) return { kind: "refused", code: "CHECKOUT_BUSY", paths: busy };
  const changes = await treeChanges(git, fromTree, toTree);
  const index = groupIndex(await git.indexEntries());
  const blobId = blobIdOf(git.object_format);
  const deletes = changes.filter((change) => change.to === null).map((change) => change.path);
  const inTheWay = changes
    .filter((change) => !indexAgrees(index.get(change.path) ?? [], change))
    .map((change) => change.path);
  for (const change of changes)
    inTheWay.push(...(await obstacles(root, change, { blobId, deletes: new Set(deletes) })));
  if (inTheWay.length > 0) return { kind: "refused", code: "WOULD_OVERWRITE", paths: [...new Set(inTheWay)].sort() };
  return {
    kind: "ok",
    root,
    writes: changes.filter((change) => change.to !== null).map((change) => change.path),
    deletes,
    changes,
  };
}

/** True when `entry` is what the plan may replace: the old side, or already the new one. */
export function isExpected(entry: CheckoutEntry, { from, to }: TreeChange): boolean {
  if (entry.kind === "absent") return from === null || to === null;
  return entry.kind === "content" && (same(entry, from) || same(entry, to));
}

type Plan = { readonly blobId: BlobId; readonly deletes: ReadonlySet<string> };

async function obstacles(root: string, change: TreeChange, plan: Plan): Promise<readonly string[]> {
  const twins = change.from === null ? caseTwins(root, change.path, plan.deletes) : [];
  const entry = checkoutEntry(root, change.path, plan.blobId);
  if (isExpected(entry, change)) return twins;
  // A file that gives way to a folder, and a folder that gives way to a file, when all of it is planned.
  if (entry.kind === "blocked" && plan.deletes.has(entry.by)) return twins;
  if (entry.kind === "blocked" && change.to === null) return twins;
  if (entry.kind === "folder") return [...twins, ...(await strangers(root, change, plan.deletes))];
  return [...twins, entry.kind === "blocked" ? entry.by : change.path];
}

async function strangers(root: string, change: TreeChange, deletes: ReadonlySet<string>): Promise<readonly string[]> {
  // The file is gone already, by an earlier try or by the user: there is nothing to delete and nothing to lose.
  if (change.to === null) return [];
  if (change.from !== null) return [change.path];
  const paths: string[] = [];
  for await (const entry of walkTree(join(root, change.path), { enter: () => true, maxDepth: 100 })) {
    const path = `${change.path}/${entry.path}`;
    if (entry.kind !== "folder" && !deletes.has(path)) paths.push(path);
  }
  return paths;
}

// On a disk that folds case the new file would replace its twin.
function caseTwins(root: string, path: string, deletes: ReadonlySet<string>): readonly string[] {
  const names = path.split("/");
  return names.flatMap((name, depth) => {
    const parent = names.slice(0, depth).join("/");
    const at = (sibling: string): string => (parent === "" ? sibling : `${parent}/${sibling}`);
    return siblingNames(root, at(name))
      .filter((sibling) => sibling !== name && foldPath(sibling) === foldPath(name) && !deletes.has(at(sibling)))
      .map(at);
  });
}

// Staged work of the user on a touched path, unmerged entries included, is in the way.
function indexAgrees(entries: readonly IndexEntry[], { from, to }: TreeChange): boolean {
  if (entries.length === 0) return from === null || to === null;
  const [entry] = entries;
  return entries.length === 1 && entry !== undefined && entry.stage === 0 && (same(entry, from) || same(entry, to));
}

function same(entry: { readonly oid: string; readonly mode: string }, file: TreeFile | null): boolean {
  return file !== null && entry.oid === file.oid && entry.mode === file.mode;
}

function groupIndex(entries: readonly IndexEntry[]): ReadonlyMap<string, readonly IndexEntry[]> {
  const grouped = new Map<string, IndexEntry[]>();
  for (const entry of entries) grouped.set(entry.path, [...(grouped.get(entry.path) ?? []), entry]);
  return grouped;
}
