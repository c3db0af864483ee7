// Which checkouts stand on a branch: the main one and every linked worktree. Read from files, nothing is run.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Checkout } from "@ces/ports";

/** Where to look and for which branch. */
export type CheckoutQuery = { readonly gitDir: string; readonly commonDir: string; readonly ref: string };

/** Every checkout whose HEAD is a symbolic ref to `ref`. A bare repository has none of its own. */
export function checkoutsOf({ gitDir, commonDir, ref }: CheckoutQuery): readonly Checkout[] {
  const linked = folderNames(join(commonDir, "worktrees")).map((name) => join(commonDir, "worktrees", name));
  const all = [mainCheckout(commonDir), ...linked.map(linkedCheckout)];
  return all
    .filter((checkout) => readLine(join(checkout.git_dir, "HEAD")) === `ref: ${ref}`)
    .map((checkout) => ({ ...checkout, current: resolve(checkout.git_dir) === resolve(gitDir) }));
}

function mainCheckout(commonDir: string): Omit<Checkout, "current"> {
  return { git_dir: commonDir, root: commonDir.endsWith("/.git") ? dirname(commonDir) : null };
}

function linkedCheckout(gitDir: string): Omit<Checkout, "current"> {
  const pointer = readLine(join(gitDir, "gitdir"));
  const root = pointer === "" ? null : dirname(resolve(gitDir, pointer));
  const there = root !== null && statSync(root, { throwIfNoEntry: false })?.isDirectory() === true;
  return { git_dir: gitDir, root: there ? root : null };
}

function folderNames(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readLine(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
