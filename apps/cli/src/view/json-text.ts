// JSON as it leaves: the same value, but nothing in it can move a cursor, hide or reorder text on its reader's screen (S30).
import type { Data } from "../define-command.ts";

const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u007f-\u00a0\u2800]/gu;

/** One line of JSON. */
export function jsonLine(value: Data): string {
  return escaped(JSON.stringify(value));
}

/** An indented document. */
export function jsonDocument(value: Data): string {
  return JSON.stringify(value, undefined, 2).split("\n").map(escaped).join("\n");
}

// Outside of strings JSON holds only printable ASCII, so an escape always lands inside one.
function escaped(text: string): string {
  return text.replace(unsafe, (char) => {
    const units = Array.from({ length: char.length }, (_, index) => char.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}
