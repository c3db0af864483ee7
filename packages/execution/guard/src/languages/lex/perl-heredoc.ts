// Here-documents of Perl.
import { charAt, giveUp, take } from "./cursor.ts";
import { takeHeredoc } from "./delimiters.ts";
import { perlInterpolated } from "./perl-quote.ts";
import type { PerlLexing, PerlPending } from "./perl-state.ts";
import type { Stand } from "./perl-stand.ts";
import { leaf, type Piece, type Tree } from "./tree.ts";

const head = /<<~?(?:[ \t]*(?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)|[\p{ID_Start}_][\p{ID_Continue}]*)/uy;

/** Takes `<<"END"` if it stands here. */
export function perlHeredocHead(tree: Tree, stand: Stand): PerlPending | null {
  const { cursor } = tree;
  const found = take(cursor, head);
  if (found === "") {
    if (/["'`~]/.test(charAt(cursor, 2)) || /^<<\s+["'`]/.test(cursor.text.slice(cursor.at, cursor.at + 12)))
      giveUp(cursor, "a here-document of an odd form");
    return null;
  }
  if (stand === "unclear") giveUp(cursor, "`<<` that may begin a here-document or be an operator");
  const isIndented = found[2] === "~";
  const word = found.slice(isIndented ? 3 : 2).trim();
  const quote = /^["'`]/.test(word) ? word.slice(0, 1) : "";
  const pieces: Piece[] = [];
  leaf(tree, quote === "`" ? "shell" : "text", "<<", pieces);
  return { terminator: quote === "" ? word : word.slice(1, -1), isIndented, isRaw: quote === "'", pieces };
}

/** Takes its text, which begins at the cursor. */
export function takePerlHeredoc(lexing: PerlLexing, { terminator, isIndented, isRaw, pieces }: PerlPending): void {
  const body = takeHeredoc(lexing.tree.cursor, terminator, isIndented);
  pieces.push(...(isRaw ? [body] : perlInterpolated(lexing, body, "text")));
}
