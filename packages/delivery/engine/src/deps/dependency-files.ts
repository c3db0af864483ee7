// Manifest and lockfile of two frozen trees, as text. Nothing is read from a disk.
import { utf8Decode } from "@ces/kernel";
import type { TreeFile } from "@ces/ports";
import type { DependencyWish, MergeCandidate } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { installerOf, lockOf } from "../installers/table.ts";
import type { DependencyFiles } from "./dependency-evidence.ts";

/** The files that the wish is about, before and after. */
export async function dependencyFiles(
  ctx: EngineContext,
  { base_tree, tree }: Pick<MergeCandidate, "base_tree" | "tree">,
  wish: DependencyWish,
): Promise<DependencyFiles> {
  const [before, after] = await Promise.all([ctx.git.treeFiles(base_tree), ctx.git.treeFiles(tree)]);
  const installer = installerOf(wish.manager);
  const lock = lockOf(installer, new Set(after.map(({ path }) => path)));
  const pair = async (path: string) => ({
    path,
    before: await textOf(ctx, before, path),
    after: await textOf(ctx, after, path),
  });
  return { manifest: await pair(installer.manifest), lock: await pair(lock) };
}

/** Null for a file that is absent; text that is not UTF-8 is no manifest and no lockfile, which its reader says. */
async function textOf(ctx: EngineContext, files: readonly TreeFile[], path: string): Promise<string | null> {
  const file = files.find((one) => one.path === path && (one.mode === "100644" || one.mode === "100755"));
  if (file === undefined) return null;
  const [bytes] = await ctx.git.blobs([file.oid]);
  return utf8Decode(bytes ?? new Uint8Array()) ?? "\0";
}
