// Git as an object store: plumbing only, never a worktree, never discovery, never a filter (S03, S11, S35).
export type GitFileMode = "100644" | "100755" | "120000" | "160000";

/** One blob of a flattened tree. `path` is the valid-UTF-8 path; trees with other names are refused on read. */
export interface TreeFile {
  readonly path: string;
  readonly mode: GitFileMode;
  readonly oid: string;
}

export interface CommitFacts {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface GitIdentity {
  readonly name: string;
  readonly email: string;
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: GitIdentity;
  readonly committer: GitIdentity;
  /** ISO instant for both dates. */
  readonly at: string;
}

/** One repository, addressed by its git directory. */
export interface Git {
  readonly git_dir: string;
  readonly object_format: "sha1" | "sha256";
  /** What HEAD points to. Unborn: a ref without a commit. */
  head(): Promise<{ readonly ref: string | null; readonly commit: string | null }>;
  resolveRef(ref: string): Promise<string | null>;
  commit(oid: string): Promise<CommitFacts>;
  /** Every file below a tree, sorted by path bytes. */
  treeFiles(tree: string): Promise<readonly TreeFile[]>;
  /** Raw bytes of blobs, in order. Throws GIT_OBJECT_MISSING. */
  blobs(oids: readonly string[]): Promise<readonly Uint8Array[]>;
  writeBlob(bytes: Uint8Array): Promise<string>;
  /** Builds nested trees from a flat list; returns the root tree id. */
  writeTree(files: readonly TreeFile[]): Promise<string>;
  writeCommit(commit: NewCommit): Promise<string>;
  /** Compare-and-swap. `expected` null: the ref must not exist. */
  updateRef(
    ref: string,
    next: string,
    expected: string | null,
  ): Promise<{ readonly kind: "moved" } | { readonly kind: "stale"; readonly actual: string | null }>;
}

/** One entry of an index. `stage` is 0 unless the path is unmerged. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
  readonly stage: number;
}

/** Sets an entry, or removes it where `oid` is null. */
export interface IndexChange {
  readonly path: string;
  readonly mode: GitFileMode;
  readonly oid: string | null;
}

/** A checkout of the repository. `root` is null for one whose folder is gone. */
export interface Checkout {
  readonly root: string | null;
  readonly git_dir: string;
  /** True for the checkout that this object was opened for. */
  readonly current: boolean;
}

/** A repository with the index of one checkout. Files are never touched through it. */
export interface GitCheckout extends Git {
  indexEntries(): Promise<readonly IndexEntry[]>;
  updateIndex(changes: readonly IndexChange[]): Promise<void>;
  /** Every checkout (main and linked) that stands on this branch. */
  checkoutsOf(ref: string): Promise<readonly Checkout[]>;
}

/** What discovery found. `notes` names replace refs and alternates (S35): recorded, never followed for replace refs. */
export type RepositoryFound = {
  readonly kind: "found";
  readonly root: string;
  readonly git_dir: string;
  readonly common_dir: string;
  readonly head_ref: string | null;
  readonly notes: readonly string[];
};

/** A private git directory for one run (S19). `owner` is applied when CES runs as root. */
export interface ExportBase {
  readonly from: Git;
  readonly base_commit: string;
  readonly to_dir: string;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Opening, finding and making repositories. */
export interface Repositories {
  /** Throws GIT_GRAFTS, GIT_UNUSABLE. */
  open(gitDir: string): Promise<GitCheckout>;
  /** Nearest `.git` upwards; stops at file-system, owner and HOME boundaries. Throws GIT_LINK_REFUSED. */
  find(startDir: string): Promise<RepositoryFound | { readonly kind: "none" }>;
  /** An empty repository with an unborn branch `main`. Throws GIT_EXISTS. */
  init(dir: string): Promise<RepositoryFound>;
  exportBase(request: ExportBase): Promise<void>;
}
