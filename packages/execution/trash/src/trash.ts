// What the trash is given: where it stands on this machine, who calls, and the ports. Everything else is found on disk.
import type { Clock, Random } from "@ces/kernel";
import type { ByteText } from "./byte-text.ts";
import type { Mac } from "./journal-line.ts";

/** Where things stand. Paths are absolute. */
export type TrashPlace = {
  /** The effective user. */
  readonly uid: number;
  /** `$XDG_DATA_HOME`, or `~/.local/share`. */
  readonly data_home: ByteText;
  /** The guard's own folder for journal and lock: exists, ours, 0700. */
  readonly state_directory: string;
  /** Homes that must not be moved: the account's own first, then what HOME says. */
  readonly homes: readonly ByteText[];
  /** Roots of workspaces that must not be moved. */
  readonly workspaces: readonly ByteText[];
  /** How long another command may hold the journal. */
  readonly wait_ms: number;
};

/** Who calls: recorded with every transaction, and what `undo` finds a command by. `argv` must hold no secret. */
export type Caller = {
  readonly session: string;
  readonly command: string;
  readonly argv: readonly string[];
  readonly cwd: ByteText;
};

/** The trash of this account, as every operation takes it. */
export type Trash = {
  readonly place: TrashPlace;
  readonly caller: Caller;
  /** HMAC with a key that only the trust domain has. */
  readonly mac: Mac;
  readonly clock: Clock;
  readonly random: Random;
};
