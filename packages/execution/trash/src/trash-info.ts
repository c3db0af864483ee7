// `info/<name>.trashinfo` of FreeDesktop Trash 1.0, as every desktop and trash-cli read and write it.
import { decodePercent, encodePercent, fromLatin1, type ByteText } from "./byte-text.ts";

/** The ending of an info file's name. */
export const INFO_ENDING = ".trashinfo";

/** What an info file says. `deleted_at` is local time without zone, as it stands there, or null. `item`: our id, if it has one. */
export type TrashInfo = { readonly path: ByteText; readonly deleted_at: string | null; readonly item: string | null };

/**
 * The text of an info file: the path (absolute, or relative to the volume's top), a local time, and our own id of the item, which
 * other programs skip as Trash 1.0 asks them to.
 */
export function infoText(path: ByteText, epochMs: number, item: string): string {
  return `[Trash Info]\nPath=${encodePercent(path)}\nDeletionDate=${localTime(epochMs)}\n${ITEM}=${item}\n`;
}

/** Reads one; undefined when it is none, or names no bytes that could be a path. Attacker-controlled. */
export function readInfo(bytes: Uint8Array): TrashInfo | undefined {
  const lines = Buffer.from(bytes).toString("latin1").split(/\r?\n/);
  if (lines[0]?.trim() !== "[Trash Info]") return undefined;
  const valueOf = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  const path = decodePercent(valueOf("Path") ?? "%");
  if (path === undefined || path === "") return undefined;
  const date = valueOf("DeletionDate");
  const deleted = date !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(date) ? date : null;
  return { path, deleted_at: deleted, item: valueOf(ITEM) ?? null };
}

const ITEM = "X-CES-Item";
const MOST_BYTES = 255 - INFO_ENDING.length;

/** The name that an item is tried under: its own, then `name.2` … `name.5`, then a random ending. At most 245 bytes. */
export function trashName(own: ByteText, attempt: number, random: () => string): ByteText {
  const ending = attempt === 0 ? "" : `.${attempt < 5 ? attempt + 1 : random()}`;
  return fromLatin1(cut(own, MOST_BYTES - ending.length) + ending);
}

// Not inside a UTF-8 sequence, so that a cut name is still text where the whole one was.
function cut(name: string, most: number): string {
  if (name.length <= most) return name;
  let end = most;
  while (end > most - 3 && /[\u0080-\u00bf]/.test(name[end] ?? "")) end -= 1;
  return name.slice(0, end);
}

function localTime(epochMs: number): string {
  const at = new Date(epochMs);
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}
