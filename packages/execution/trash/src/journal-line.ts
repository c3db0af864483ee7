// SECURITY: S26 — an entry is believed only if its code was made with our key, over its own bytes and the code before it. Entries
// cannot be forged, changed, reordered or taken from another place; cutting off the end loses undo, nothing more.
import { equalBytes } from "@ces/kernel";
import type { Entry } from "./journal-entry.ts";

/** A keyed code of 32 bytes over bytes (HMAC-SHA-256 in the program). */
export type Mac = (bytes: Uint8Array) => Uint8Array;

/** The code before the first entry. */
export const FIRST = "0".repeat(64);

/** A line that was read: its entry, its code, and the code it says came before. */
export type ReadLine = { readonly entry: Entry; readonly code: string; readonly before: string };

const DOMAIN = "ces.trash-journal/v1\n";
const SHAPE = /^\{"mac":"([0-9a-f]{64})","before":"([0-9a-f]{64})","entry":(\{.*\})\}$/s;

/** The line of an entry, without line break, and its code. */
export function sealLine(entry: Entry, before: string, mac: Mac): { readonly line: string; readonly code: string } {
  const text = JSON.stringify(entry);
  const code = codeOver(before, text, mac);
  return { line: `{"mac":"${code}","before":"${before}","entry":${text}}`, code };
}

/** Reads a line; undefined unless it is ours. Attacker-controlled. */
export function openLine(line: string, mac: Mac): ReadLine | undefined {
  const [, code, before, text] = SHAPE.exec(line) ?? [];
  if (code === undefined || before === undefined || text === undefined) return undefined;
  const right = codeOver(before, text, mac);
  if (!equalBytes(Buffer.from(code, "latin1"), Buffer.from(right, "latin1"))) return undefined;
  // The code shows that `sealLine` wrote this text from an Entry.
  return { entry: JSON.parse(text) as Entry, code, before };
}

function codeOver(before: string, text: string, mac: Mac): string {
  return Buffer.from(mac(Buffer.from(`${DOMAIN}${before}\n${text}`, "utf8"))).toString("hex");
}
