// Git as an object store: plumbing only, never a worktree, never discovery, never a filter (S03, S11, S35).
export type GitFileMode = '100644' | '100755' | '120000' | '160000'

/** One blob of a flattened tree. `path` is the valid-UTF-8 path; trees with other names are refused on read. */
export interface TreeFile {
  readonly path: string
  readonly mode: GitFileMode
  readonly oid: string
}

export interface CommitFacts {
  readonly oid: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
}

export interface GitIdentity {
  readonly name: string
  readonly email: string
}

export interface NewCommit {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: GitIdentity
  readonly committer: GitIdentity
  /** ISO instant for both dates. */
  readonly at: string
}

/** One repository, addressed by its git directory. */
export interface Git {
  readonly git_dir: string
  readonly object_format: 'sha1' | 'sha256'
  /** What HEAD points to. Unborn: a ref without a commit. */
  head(): Promise<{ readonly ref: string | null; readonly commit: string | null }>
  resolveRef(ref: string): Promise<string | null>
  commit(oid: string): Promise<CommitFacts>
  /** Every file below a tree, sorted by path bytes. */
  treeFiles(tree: string): Promise<readonly TreeFile[]>
  /** Raw bytes of blobs, in order. Throws GIT_OBJECT_MISSING. */
  blobs(oids: readonly string[]): Promise<readonly Uint8Array[]>
  writeBlob(bytes: Uint8Array): Promise<string>
  /** Builds nested trees from a flat list; returns the root tree id. */
  writeTree(files: readonly TreeFile[]): Promise<string>
  writeCommit(commit: NewCommit): Promise<string>
  /** Compare-and-swap. `expected` null: the ref must not exist. */
  updateRef(ref: string, next: string, expected: string | null): Promise<{ readonly kind: 'moved' } | { readonly kind: 'stale'; readonly actual: string | null }>
}
