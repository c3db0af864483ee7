// One command of Tcl, and what is known of its words.
import { HOLE } from "../../arg.ts";
import type { CodeFinding } from "../finding.ts";
import type { TclWord } from "./words.ts";

/** One command about to be judged. */
export interface TclCall {
  readonly name: string;
  readonly args: readonly TclWord[];
  readonly report: (finding: CodeFinding) => void;
  /** A word that is run as a script. */
  readonly script: (text: string) => void;
  /** A word that is computed as an expression. */
  readonly expression: (text: string) => void;
}

/** What a command does. */
export type TclAct = (call: TclCall) => void;

/** True when the word is one, and known whole. */
export const isKnown = (word: TclWord | undefined): word is TclWord =>
  word !== undefined && !word.spread && !word.text.includes(HOLE);

/** The path that a word names, if it is known. */
export const pathOf = (word: TclWord | undefined): string | null => (isKnown(word) ? word.text : null);
