// The state of reading Perl, shared by its parts: code holds strings, and strings hold code.
import type { Piece, Tree } from "./tree.ts";

/** A here-document whose text comes after the line. */
export interface PerlPending {
  readonly terminator: string;
  readonly isIndented: boolean;
  readonly isRaw: boolean;
  readonly pieces: Piece[];
}

/** State of one text. */
export interface PerlLexing {
  readonly tree: Tree;
  readonly pending: PerlPending[];
  /** Code inside a string: a here-document that begins there is not followed. */
  readonly inner: boolean;
  /** Takes one token. */
  readonly step: (lexing: PerlLexing) => void;
}
