// One change as a record: kind, names, size, counted lines.
import type { DeltaFile } from "@ces/records";
import { countLines } from "./count-lines.ts";
import type { Change } from "./sort-changes.ts";

/** The record of a change; `before` is the base's content, null where the path was absent. */
export function deltaFile({ path, before, after }: Change, content: Uint8Array | null): DeltaFile {
  const same = before !== null && after !== null && before.oid === after.oid;
  const lines = same ? { added: 0, deleted: 0, binary: false } : countLines(content, after?.bytes ?? null);
  return {
    path,
    change: before === null ? "added" : after === null ? "deleted" : same ? "mode" : "modified",
    before: before?.oid ?? null,
    after: after?.oid ?? null,
    mode: after?.mode ?? plainMode(before?.mode),
    bytes: after?.bytes.length ?? 0,
    added_lines: lines.added,
    deleted_lines: lines.deleted,
    binary: lines.binary,
  };
}

function plainMode(mode: string | undefined): DeltaFile["mode"] {
  return mode === "100755" || mode === "120000" ? mode : "100644";
}
