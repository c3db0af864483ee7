// What the journal says, one entry a line. An intent stands there before anything is moved, its outcome after.
import type { ByteText } from "./byte-text.ts";

/** What a transaction is for. */
export type Purpose = "put" | "keep" | "undo" | "restore" | "clear";

/** Opens a transaction. `undoes`: transactions whose effect this one takes back. `cwd` is percent-encoded, `at` ISO. */
export type Begin = {
  readonly kind: "begin";
  readonly txid: string;
  readonly at: string;
  readonly what: Purpose;
  readonly session: string;
  readonly command: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly undoes: readonly string[];
};

/** What a thing on disk is. */
export type FileType = "file" | "folder" | "link" | "fifo" | "socket" | "device";

/** A thing on disk as it was when it was judged. Numbers that may be large are decimal text; `sha256` for small regular files. */
export type ItemFacts = {
  readonly type: FileType;
  readonly dev: string;
  readonly ino: string;
  readonly mode: number;
  readonly size: number;
  readonly mtime_ns: string;
  readonly sha256: string | null;
};

/**
 * What is done with one path. `move`: renamed into the trash. `copy`: copied there, then removed. `keep`: copied, the item stays.
 * `absent`: nothing stood there. `snapshot`: the folder that holds a worktree's copies. `place`: put back from the trash.
 * `drop`: removed from the trash for good.
 */
export type How = "move" | "copy" | "keep" | "absent" | "snapshot" | "place" | "drop";

/** Another item of the journal. */
export type ItemRef = { readonly txid: string; readonly n: number };

/** Where in which trash: the trash folder and a path below its `files`, both percent-encoded. */
export type TrashSpot = { readonly root: string; readonly name: string };

/** One item of a transaction. A later intent of the same number replaces the earlier one. `path` is percent-encoded. */
export type Intent = ItemRef & {
  readonly kind: "intent";
  readonly how: How;
  readonly path: string;
  readonly facts: ItemFacts | null;
  readonly spot: TrashSpot | null;
  readonly from: ItemRef | null;
};

/**
 * How far an item is. `covered`: the copy is whole, what it was copied from is being removed. `done`, `not_done`: finished.
 * `ino`: the inode of the copy, where there is one. The last one of an item holds.
 */
export type Settled = ItemRef & {
  readonly kind: "settled";
  readonly result: "covered" | "done" | "not_done";
  readonly ino: string | null;
};

/** Closes a transaction. `whole`: every item of it is done. `recovered`: a later process closed it. */
export type End = {
  readonly kind: "end";
  readonly txid: string;
  readonly whole: boolean;
  readonly recovered: boolean;
};

export type Entry = Begin | Intent | Settled | End;

/** A spot with its bytes. */
export type Spot = { readonly root: ByteText; readonly name: ByteText };
