// Turns a sentence into a weighted vector of words and word pairs (spec/ces §3.2, steps 2 and 3).
const stopWords = new Set(
  (
    "a an the and or but if then else of to in on at by for with from as is are was were be been being have has had do does did " +
    "i you he she it we they me him her us them my your his its our their this that these those any some all no not so than too"
  ).split(" "),
);

/** Unit vector over terms; the empty text has no terms. */
export type TextVector = ReadonlyMap<string, number>;

/** Words (a letter, then letters and digits, lower case, without stop words), followed by each adjacent pair. */
export function termsOf(text: string): readonly string[] {
  const words = (text.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? []).filter((word) => !stopWords.has(word));
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

/** Inverse document frequency `ln((1+n)/(1+df)) + 1` over `documents`; an unknown term weighs as much as the rarest known one. */
export function inverseFrequency(documents: readonly (readonly string[])[]): (term: string) => number {
  const frequency = new Map<string, number>();
  for (const document of documents)
    for (const term of new Set(document)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const weights = new Map([...frequency].map(([term, df]) => [term, Math.log((1 + documents.length) / (1 + df)) + 1]));
  const most = Math.max(...weights.values());
  return (term) => weights.get(term) ?? most;
}

/** Count × idf for each term, scaled to length 1. */
export function vectorOf(terms: readonly string[], idf: (term: string) => number): TextVector {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weighted = [...counts].map(([term, count]) => [term, count * idf(term)] as const);
  const length = Math.sqrt(weighted.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return new Map(weighted.map(([term, weight]) => [term, weight / length]));
}

/** Cosine of two unit vectors, 0 to 1. */
export function similarity(a: TextVector, b: TextVector): number {
  let sum = 0;
  for (const [term, weight] of a) sum += weight * (b.get(term) ?? 0);
  return Math.min(1, sum);
}
