// What the guard may know of the disk: a port, so that the judgement stays pure and the same in a hook, a governed run and a test.

/** What stands at a path itself; a link is a link, not its target. */
export interface FileFact {
  readonly kind: "file" | "dir" | "link" | "block" | "char" | "fifo" | "socket";
  /** Target of a link as it is stored, else undefined. */
  readonly target?: string;
  /** Device and inode, to recognise a program under another name. */
  readonly dev: number;
  readonly ino: number;
  /** How many names the inode has; undefined when that is not known. */
  readonly links?: number;
  /** Bytes. */
  readonly size: number;
  /** Permission bits, `st_mode & 0o7777`. */
  readonly mode: number;
}

/**
 * Synchronous look-ups on absolute, normalised paths. Nothing is created, changed or executed; no look-up follows a link in its last
 * component. An implementation that cannot answer (permission, loop, limit) answers undefined: the guard takes the worst case.
 */
export interface FileFacts {
  readonly lstat: (path: string) => FileFact | undefined;
  /** Names in a directory, without `.` and `..`, at most `most`; undefined when it cannot be listed or holds more. */
  readonly list: (path: string, most: number) => readonly string[] | undefined;
  /** The text of a regular file of at most `maxBytes`; undefined for anything else, and for what is not UTF-8. */
  readonly read: (path: string, maxBytes: number) => string | undefined;
}

/** Facts of a machine with no files: what is judged is judged by its text alone. */
export const noFacts: FileFacts = { lstat: () => undefined, list: () => undefined, read: () => undefined };
