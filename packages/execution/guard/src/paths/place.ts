// Where a path of a command leads: what is named, what it is once every link is followed, and whose ground it is.

/** Whose ground a path is on; the order is the order of danger, harmless first. */
export type Zone =
  /** `/dev/null`, `/dev/std*`, `/dev/fd/N`, `/dev/tty`, and `/dev/zero`, `/dev/random` for reading. */
  | "stream"
  | "workspace"
  | "temporary"
  /** Caches of tools below home. */
  | "cache"
  | "outside"
  | "home"
  /** Not known: an unset variable, the output of a command. */
  | "unknown"
  /** Inside `.git`: hooks and configuration are named apart. */
  | "git"
  | "git-hook"
  /** Files that a shell or a session runs at its start. */
  | "startup"
  | "ssh"
  | "secret"
  /** Configuration of coding agents: hooks, settings, rules. */
  | "agent-config"
  /** The guard's own files. */
  | "guard"
  | "workspace-root"
  | "home-root"
  | "system"
  | "root"
  | "device"
  /** Kernel interfaces: `/proc`, `/sys`. */
  | "kernel";

/** One possible meaning of one path. */
export interface Place {
  /** As it was written, printable. */
  readonly shown: string;
  /** Absolute and folded as text; null when it is not known. */
  readonly lexical: string | null;
  /** With the links of all folders followed, the last name kept: what a delete of it removes. */
  readonly entry: string | null;
  /** With every link followed: what a write through it changes. */
  readonly real: string | null;
  readonly zone: Zone;
  /** Zone of `real`, when it is another file than `entry`. */
  readonly real_zone: Zone;
  readonly exists: boolean;
  readonly kind: "file" | "dir" | "link" | "block" | "char" | "fifo" | "socket" | "missing" | "unknown";
  /** Bytes, for a regular file. */
  readonly size: number;
  /** A folder on the way is a link that leads out of the workspace. */
  readonly through_link: boolean;
  /** It lies below a workspace, with every link followed. */
  readonly inside: boolean;
  /** The last part is a pattern, or unknown: it may be any entry of the folder. */
  readonly any_child: boolean;
}
