// A home and the trash of it, as one process or command sees it. Knows nothing of the test runner: a child process uses it too.
import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { byteText, type ByteText } from "../src/byte-text.ts";
import type { PutHow } from "../src/rm-words.ts";
import type { Trash } from "../src/trash.ts";

/** A home, a worktree in it, and the trash of this account. */
export type Home = {
  readonly home: string;
  readonly work: string;
  readonly trash: Trash;
  readonly roots: readonly ByteText[];
  readonly files: string;
  readonly info: string;
  readonly journal: string;
};

/** The same home as seen by another process or command. */
export function homeAt(home: string, given: { command?: string; session?: string; key?: Buffer } = {}): Home {
  const key = given.key ?? Buffer.alloc(32, 7);
  const work = join(home, "work");
  const trashRoot = join(home, ".local/share/Trash");
  return {
    home,
    work,
    roots: [byteText(home)],
    files: join(trashRoot, "files"),
    info: join(trashRoot, "info"),
    journal: join(home, "state/ces/guard/trash.jsonl"),
    trash: {
      place: {
        uid: process.geteuid?.() ?? 0,
        data_home: byteText(join(home, ".local/share")),
        state_directory: join(home, "state/ces/guard"),
        homes: [byteText(home)],
        workspaces: [byteText(work)],
        wait_ms: 3_000,
      },
      caller: {
        session: given.session ?? "session",
        command: given.command ?? randomBytes(4).toString("hex"),
        argv: ["rm"],
        cwd: byteText(work),
      },
      mac: (bytes) => createHmac("sha256", key).update(bytes).digest(),
      clock: {
        now: () => new Date().toISOString(),
        epochMs: () => Date.now(),
        monotonicMs: () => performance.now(),
      },
      random: (n) => randomBytes(n),
    },
  };
}

/** The same home under another command id. */
export function asCommand({ home }: Home, command: string, session = "session"): Home {
  return homeAt(home, { command, session });
}

/** `rm` as it is called, with what a test changes. */
export function rm(change: Partial<PutHow> = {}): PutHow {
  return {
    as: "rm",
    recursive: true,
    force: false,
    verbose: false,
    empty_folders: false,
    parents: false,
    ignore_not_empty: false,
    ask: "never",
    ...change,
  };
}

/** Words as bytes. */
export function words(...text: string[]): ByteText[] {
  return text.map(byteText);
}
