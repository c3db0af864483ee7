// What a box is asked to be: plain data, written by the caller, turned into walls by `planArgs` and `startBox`.
import type { BoxUser } from "./box-user.ts";

/** Where things stand inside every box: fixed, whatever the host paths are (those show in /proc/self/mountinfo only). */
export const INSIDE = {
  workspace: "/workspace",
  home: "/home/agent",
  gate: "/run/gate",
  lock: "/run/ces/lock",
  /** Plus the script's own ending: node strips types of `.ts` when CES runs from its sources. */
  bridge: "/opt/ces/bridge",
  node: "/opt/ces/node",
} as const;

/** Descriptors bwrap and the start script get besides 0–2; none of them reaches the command. Sealed files come from `first_sealed` on. */
export const CHANNEL = { args: 3, seccomp: 4, status: 5, ready: 6, shell: 7, first_sealed: 8 } as const;

/** A host path shown read-only at an absolute path inside. */
export type ReadOnlyMount = { readonly source: string; readonly inside: string };

/** The part of the host's system every box sees, as `readSystem` found it. */
export type SystemView = {
  /** `[target, path]` of links to make: `['usr/bin', '/bin']`. */
  readonly links: readonly (readonly [string, string])[];
  readonly mounts: readonly ReadOnlyMount[];
  /** Names below /proc to cover: they tell about the host or the user's keys. */
  readonly procMasks: readonly string[];
  /** Folders of programs that are covered by nothing: only what `tools` and `toolLinks` put there can be started from them. */
  readonly covers?: readonly string[];
};

/** A host file or folder shown at an absolute path inside, other than the tree. */
export type Place = {
  readonly source: string;
  readonly inside: string;
  readonly kind: "dir" | "file";
  readonly access: "read" | "write";
};

/** A file that only ever lies in the box's memory, readable by the command alone: a secret (S01). */
export type SealedFile = { readonly inside: string; readonly bytes: Uint8Array };

/** `room`: the loopback of a running net room, by its process (`startNetRoom`); `host`: the machine's own network, whole. */
export type BoxNetwork = { readonly kind: "room"; readonly pid: number } | { readonly kind: "host" };

/** One place of the tree that may be written: a literal directory prefix (made if missing) or one existing file. */
export type WritablePath = { readonly kind: "dir" | "file"; readonly path: string };

/** An ignored dependency folder of the user's checkout, shown read-only inside the tree (S13). */
export type DependencyMount = { readonly source: string; readonly at: string; readonly checkout: string };

/** The tree a box works on. Paths are relative to it, POSIX, without `.` or `..` parts; `''` as a writable path means all of it. */
export type TreePlan = {
  readonly source: string;
  readonly writable: readonly WritablePath[];
  /** Bound read-only again inside writable places (S31); entries that do not exist are left to the merge. */
  readonly protect: readonly string[];
  /** Private git directory, shown read-only as `.git`. */
  readonly git?: string;
  readonly dependencies: readonly DependencyMount[];
  /** Scratch folders (`coverage`, caches) as sized tmpfs that never reach the host. */
  readonly scratch: readonly { readonly path: string; readonly bytes: number }[];
};

/** HOME: a private host folder (kept, for resume), memory, or no such place. */
export type HomePlan =
  | { readonly kind: "dir"; readonly path: string }
  | { readonly kind: "tmpfs"; readonly bytes: number }
  | { readonly kind: "none" };

/** A path the command must find empty and read-only, whatever the tree or HOME holds (S04). */
export type Mask = { readonly kind: "dir" | "file"; readonly inside: string };

/** One loopback port inside, joined to a unix socket the host listens on. */
export type Forward = { readonly listen: string; readonly socket: string };

/** Every size in bytes, every time in milliseconds. `held_by` of each is said in `Box.limits`. */
export type BoxLimits = {
  readonly wall_ms: number;
  /** tmpfs sizes. */
  readonly tmp_bytes: number;
  readonly shm_bytes: number;
  /** rlimits, set by the first process inside. */
  readonly file_bytes: number;
  readonly open_files: number;
  readonly processes: number;
  /** Writable private memory of one process, and its processor time; not limited unless told. */
  readonly data_bytes?: number;
  readonly cpu_seconds?: number;
  /** Watched from the host: what the writable host folders may hold together. */
  readonly disk_bytes: number;
  readonly disk_inodes: number;
  /** Watched from the host: what must stay free on the disk and in memory. */
  readonly disk_free_bytes: number;
  readonly memory_free_bytes: number;
  /** Watched from the host: memory of all processes of the box. */
  readonly memory_bytes: number;
};

/** Everything `startBox` needs. `root` and `user` come from `prepareBoxRoot` and `boxUser`. */
export type BoxPlan = {
  readonly run: string;
  readonly root: string;
  readonly user: BoxUser;
  /** Absolute real path of bwrap (`resolveTool`). */
  readonly bwrap: string;
  readonly system: SystemView;
  /** Programs and toolchains outside `/usr`, or in folders that the system view covers. */
  readonly tools: readonly ReadOnlyMount[];
  /** `[target, path]` of links to programs in covered folders. */
  readonly toolLinks?: readonly (readonly [string, string])[];
  /** Absolute program and its arguments, as seen inside. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** PATH, HOME, LANG and TERM have defaults; no secret may stand here (S01). */
  readonly env: Readonly<Record<string, string>>;
  /** `bare`: no defaults, `env` is all there is. */
  readonly envStart?: "bare";
  readonly tree?: TreePlan;
  readonly home: HomePlan;
  /** Besides the tree; none holds a system folder. */
  readonly places?: readonly Place[];
  /** Handed over on descriptors; the paths lie below `/run`. */
  readonly sealed?: readonly SealedFile[];
  /** Absolute inside path → content; read-only binds made by CES (S04). */
  readonly files: Readonly<Record<string, string>>;
  readonly masks: readonly Mask[];
  /** Host folders with sockets, read-only under `/run/gate` or elsewhere. */
  readonly gates: readonly ReadOnlyMount[];
  readonly bridge?: {
    readonly node: string;
    readonly script: string;
    readonly forwards: readonly [Forward, ...Forward[]];
  };
  /** This box is a net room: its user name space owns its network, so that other boxes can join it. Set by `startNetRoom` alone. */
  readonly room?: true;
  /** A loopback of its own unless told. */
  readonly network?: BoxNetwork;
  /**
   * `channel`: the start line comes on the ready channel, and standard input is the command's from the start: the end that
   * `startBox` is given, or nothing.
   */
  readonly goOn?: "channel";
  /** `descriptor`: the first process runs a shell that stands nowhere inside, and is gone when the command starts. */
  readonly startShell?: "descriptor";
  /** Host file whose read lock the box holds while it lives (S18, S33); `prepareBoxRoot` makes one. */
  readonly lock: string;
  readonly limits: BoxLimits;
  /** HOME, trust domain, project root: no tool or dependency bind may be one of them or hold one (S13). */
  readonly keepOut: readonly string[];
};

/** Limits that suit an agent run on a small machine; callers override what the manifest says. */
export const DEFAULT_LIMITS: BoxLimits = {
  wall_ms: 60 * 60_000,
  tmp_bytes: 512 << 20,
  shm_bytes: 64 << 20,
  file_bytes: 1 << 30,
  open_files: 4096,
  processes: 512,
  disk_bytes: 2 * 1024 ** 3,
  disk_inodes: 200_000,
  disk_free_bytes: 512 << 20,
  memory_free_bytes: 256 << 20,
  memory_bytes: 6 * 1024 ** 3,
};
