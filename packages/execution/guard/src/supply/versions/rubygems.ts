// Versions of gems (Gem::Version): segments of digits and letters, a letter makes it a pre-release, missing segments are zero.
import { markPart, numberPart, wordPart, type KeyPart, type VersionKey } from "./version-key.ts";

const SHAPE = /^\s*\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*$/;
const [WORD, ZERO, NUMBER] = [1, 2, 3] as const;
const PAD = markPart(ZERO);

/** The key of a version, undefined when it is none. */
export function rubygemsKey(version: string): VersionKey | undefined {
  if (!SHAPE.test(version)) return undefined;
  const segments =
    version
      .trim()
      .replaceAll("-", ".pre.")
      .match(/\d+|[A-Za-z]+/g) ?? [];
  return { parts: canonical(segments.map(segmentPart)), pad: PAD };
}

function segmentPart(text: string): KeyPart {
  if (!/^\d+$/.test(text)) return wordPart(WORD, text);
  const part = numberPart(NUMBER, text);
  return part.text === "" ? PAD : part;
}

// Zeros at the end of the release, before the first letter, say nothing: `1.0.a` is `1.a`.
function canonical(parts: readonly KeyPart[]): readonly KeyPart[] {
  const letter = parts.findIndex((part) => part.rank === WORD);
  const release = letter === -1 ? parts : parts.slice(0, letter);
  let length = release.length;
  while (length > 0 && release[length - 1]?.rank === ZERO) length -= 1;
  return [...release.slice(0, length), ...(letter === -1 ? [] : parts.slice(letter))];
}
