// How `csc` answers: the reference's words and exit codes, one line, and nothing of a message is ever read as markup (F-28).
import { printable } from "@ces/kernel";

/** 0 yes or done; 1 no, invalid, error; 2 needs approval, and usage (the reference gives both the same). */
export type CscExit = 0 | 1 | 2;

/** The word before the dash. */
export type CscWord =
  | "ALLOW"
  | "DENY"
  | "NEEDS APPROVAL"
  | "SUCCESS"
  | "BLOCKED"
  | "FAILED"
  | "VALID"
  | "INVALID"
  | "ERROR";

/** One answer: `WORD — text`; `note` goes to the other stream. */
export type CscAnswer = {
  readonly exit: CscExit;
  readonly word: CscWord;
  readonly text: string;
  readonly note?: string;
};

/** The line on stdout. */
export function cscLine({ word, text }: CscAnswer): string {
  return `${word} — ${printable(text, { max: 4000 })}\n`;
}
