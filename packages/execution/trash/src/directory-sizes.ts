// `directorysizes` of Trash 1.0: a cache of how much each trashed folder takes, so that nobody has to walk it to show the size.
import { closeSync, renameSync } from "node:fs";
import { decodePercent, encodePercent, byteText, type ByteText } from "./byte-text.ts";
import { below, createAt, readSmall, statAt, writeWhole, type At } from "./open-below.ts";
import { fileAt, infoAt } from "./reserve.ts";
import type { TrashFolder } from "./trash-folder.ts";
import { treeSize } from "./tree-size.ts";

/** A folder that is in a trash folder now. */
export type TrashedFolder = { readonly folder: TrashFolder; readonly name: ByteText };

const NAME = byteText("directorysizes");
/** A larger folder is not walked while a person waits for `rm`: whoever wants its size counts then. */
const MOST_ENTRIES = 20_000;

/** Notes the sizes of folders, and forgets those of `gone`. Only a cache: what goes wrong here is not said. */
export function noteSizes(added: readonly TrashedFolder[], gone: readonly TrashedFolder[] = []): void {
  for (const folder of new Set([...added, ...gone].map((one) => one.folder))) {
    try {
      const drop = new Set(gone.filter((one) => one.folder === folder).map(({ name }) => encodePercent(name)));
      const fresh = added.filter((one) => one.folder === folder).flatMap(sizeRow);
      const old = readRows(folder).filter((row) => !drop.has(row.split(" ")[2] ?? ""));
      replace(folder, [...old, ...fresh]);
    } catch {
      // A reader counts for itself.
    }
  }
}

/** The sizes that are known in a trash folder: bytes on disk by name, where the info file is still the same. */
export function knownSizes(folder: TrashFolder): ReadonlyMap<ByteText, number> {
  const known = new Map<ByteText, number>();
  for (const row of readRows(folder)) {
    const [size, time, encoded = "%"] = row.split(" ");
    const name = decodePercent(encoded);
    if (name === undefined || name.includes("/") || !/^\d{1,15}$/.test(size ?? "")) continue;
    if (String(infoSeconds(folder, name)) === time) known.set(name, Number(size));
  }
  return known;
}

function sizeRow({ folder, name }: TrashedFolder): readonly string[] {
  const { blocks, whole } = treeSize(fileAt(folder, name), MOST_ENTRIES);
  return whole ? [`${blocks} ${infoSeconds(folder, name)} ${encodePercent(name)}`] : [];
}

function infoSeconds(folder: TrashFolder, name: ByteText): bigint {
  return (statAt(infoAt(folder, name))?.mtimeMs ?? 0n) / 1000n;
}

function readRows(folder: TrashFolder): readonly string[] {
  const text = readSmall(cacheAt(folder), 16 * 1024 * 1024)?.toString("latin1") ?? "";
  return text.split("\n").filter((row) => row !== "");
}

function replace(folder: TrashFolder, rows: readonly string[]): void {
  const temporary = {
    folder: folder.root,
    name: byteText(`.directorysizes-${process.pid}-${process.hrtime.bigint()}`),
  };
  const fd = createAt(temporary, 0o600);
  writeWhole(fd, Buffer.from(rows.map((row) => `${row}\n`).join(""), "latin1"));
  closeSync(fd);
  renameSync(below(temporary), below(cacheAt(folder)));
}

function cacheAt(folder: TrashFolder): At {
  return { folder: folder.root, name: NAME };
}
