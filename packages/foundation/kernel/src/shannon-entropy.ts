// How random a text looks: one of several hints of a secret, never proof.

/** Shannon entropy in bits per character; 0 for the empty text, at most log2 of the number of different characters. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const char of text) {
    counts.set(char, (counts.get(char) ?? 0) + 1);
    total += 1;
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total);
  return bits;
}
