// Finds hazard words at word boundaries, in prose and in path names (camelCase and separators split words).
import type { Hazard } from "@ces/records";
import { hazardWords, type HazardWords } from "./hazard-words.ts";

const MAX_TEXT = 200_000;

/** Lower-case words of a text; `userAuth.ts` and `user_auth` both hold `user`, `auth`. */
export function wordsOf(text: string): readonly string[] {
  // NFKC folds full-width and other look-alike spellings of the same letters; marks go, so `áuth` is `auth`.
  const folded = text
    .slice(0, MAX_TEXT)
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "");
  const spaced = folded.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  const split = spaced.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  // The unsplit spelling counts as well: `OAuth` is `oauth`, not `o auth`.
  const whole = folded.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return split.length === whole.length ? split : [...split, "|", ...whole];
}

/** The hazards that the words of a request raise. */
export function wordHazards(request: string): readonly Hazard[] {
  return matching(wordsOf(request), hazardWords).map(({ rule, word }) =>
    hazardOf(rule, "word", `the request says \`${word}\``),
  );
}

/** The hazards that the words of a path name raise. */
export function pathWordHazards(path: string): readonly Hazard[] {
  const rules = hazardWords.filter((rule) => rule.in_paths);
  return matching(wordsOf(path), rules).map(({ rule, word }) =>
    hazardOf(rule, "path", `\`${path.slice(0, 300)}\` names \`${word}\``),
  );
}

function matching(
  words: readonly string[],
  rules: readonly HazardWords[],
): readonly { rule: HazardWords; word: string }[] {
  const present = new Set([...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)]);
  return rules.flatMap((rule) => {
    const word = rule.words.find((candidate) => present.has(candidate));
    const near = rule.near?.some((candidate) => present.has(candidate)) ?? true;
    return word !== undefined && near ? [{ rule, word }] : [];
  });
}

function hazardOf(rule: HazardWords, kind: Hazard["kind"], detail: string): Hazard {
  return { kind, detail, rule: rule.rule, risk_tier: rule.risk_tier, behavior_confidence: rule.behavior_confidence };
}
