// What the agent left, read once from the dead worktree (DESIGN §5 freeze; S03, S05, S06, S11, S28, S36).
import { z } from "zod";
import { Count, GitOid, TreePath } from "./scalar.schema.ts";
import { Reason } from "./verdict.ts";

export const FileMode = z.enum(["100644", "100755", "120000"]);

/** One changed path. `before`/`after` are blob ids, null where the file is absent. */
export const DeltaFile = z.strictObject({
  path: TreePath,
  change: z.enum(["added", "modified", "deleted", "mode"]),
  before: GitOid.nullable(),
  after: GitOid.nullable(),
  mode: FileMode,
  bytes: Count,
  added_lines: Count,
  deleted_lines: Count,
  binary: z.boolean(),
});
export type DeltaFile = z.infer<typeof DeltaFile>;

/** Something in the worktree that is not taken: why, and that it was never used. Path may hold escapes. */
export const LeftBehind = z.strictObject({
  path: z.string(),
  why: z.enum(["ignored", "out_of_scope", "forbidden", "odd_file"]),
  bytes: Count,
});
export type LeftBehind = z.infer<typeof LeftBehind>;

/** The whole difference between base and worktree, sorted by path. */
export const Delta = z.strictObject({
  base_tree: GitOid,
  in_scope: z.array(DeltaFile),
  out_of_scope: z.array(DeltaFile),
  left_behind: z.array(LeftBehind),
  /** Odd files, nested repositories, escapes: each stops the delivery. */
  blockers: z.array(Reason),
});
export type Delta = z.infer<typeof Delta>;

/** Base branch plus in-scope delta as one tree. Everything later takes this id and nothing else. */
export const MergeCandidate = z.strictObject({
  schema: z.literal("ces.candidate/v1"),
  base_commit: GitOid,
  base_tree: GitOid,
  tree: GitOid,
  attempt: z.number().int().min(1),
  delta: Delta,
});
export type MergeCandidate = z.infer<typeof MergeCandidate>;
