// Deletes with a way back: FreeDesktop Trash 1.0, a journal that only we can write, and undo of a command as one unit.
export { bytesAsText, byteText, shownText, toBytes, type ByteText } from "./byte-text.ts";
export { clearable, clearTrash, trashSizes, type ClearReport, type TrashSize } from "./clear-trash.ts";
export type { Fault, FaultCode } from "./fault.ts";
export type { Mac } from "./journal-line.ts";
export { keepCopy, type KeepHow, type KeepReport } from "./keep-copy.ts";
export { keepWorktree, type WorktreeWish } from "./keep-worktree.ts";
export { listTrash, type TrashRow } from "./list-trash.ts";
export { realPath } from "./open-below.ts";
export type { Blocker } from "./plan-undo.ts";
export { putAside, type NotTaken, type PutReport, type Taken } from "./put-aside.ts";
export { restore, type RestoreWish } from "./restore.ts";
export { readPutWords, stoodInFor, type PutHow, type PutWords, type StoodInFor } from "./rm-words.ts";
export type { Caller, Trash, TrashPlace } from "./trash.ts";
export { worktreeFiles, type WorktreeScope } from "./worktree-files.ts";
export { undoCommand, undoLast, undoSession, type UndoReport } from "./undo.ts";
