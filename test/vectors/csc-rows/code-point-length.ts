// Counting as the vectors count.

/** How many code points a text has. */
export function codePointLength(text: string): number {
  return [...text].length;
}
