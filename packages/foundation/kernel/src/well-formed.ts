// Cutting a text at a length can cut a character in two; half of one has no canonical form and would stop whatever is stored.

// With the u flag a pair is one character, so only halves match.
const HALF = /\p{Surrogate}/gu;

/** `text` with each half of a surrogate pair as U+FFFD. The length stays the same. */
export function wellFormed(text: string): string {
  return text.replaceAll(HALF, "\ufffd");
}
