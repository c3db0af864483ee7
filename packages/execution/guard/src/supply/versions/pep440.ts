// Versions of Python distributions (PEP 440): epoch, release, pre-release, post-release, development release, local label.
import { markPart, numberPart, wordPart, type KeyPart, type VersionKey } from "./version-key.ts";

const SHAPE =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/;
// Below any number of the release, so that `1` and its pre-releases come before `1.0.1`.
const [LEAST, ALPHA, BETA, CANDIDATE, MOST, NUMBER] = [1, 2, 3, 4, 5, 10] as const;
const PAD = markPart(0);

/** The key of a version, undefined when it is none (a legacy version). */
export function pep440Key(version: string): VersionKey | undefined {
  const found = SHAPE.exec(version.toLowerCase());
  if (!found) return undefined;
  const [, epoch = "0", release = "", preWord, preNumber, postDash, postWord, postNumber, dev, devNumber, local] =
    found;
  const post = postDash ?? (postWord === undefined ? undefined : postNumber);
  const numbers = release.split(".").map((digits) => numberPart(NUMBER, digits));
  return {
    parts: [
      numberPart(NUMBER, epoch),
      ...withoutTrailingZeros(numbers),
      prePart(preWord, preNumber, dev !== undefined && post === undefined),
      post === undefined ? markPart(LEAST) : numberPart(ALPHA, post),
      dev === undefined ? markPart(BETA) : numberPart(ALPHA, devNumber ?? ""),
      ...(local?.split(/[-_.]/).map(localPart) ?? []),
    ],
    pad: PAD,
  };
}

function prePart(word: string | undefined, digits = "", devOnly: boolean): KeyPart {
  if (word === undefined) return markPart(devOnly ? LEAST : MOST);
  return numberPart(word.startsWith("a") ? ALPHA : word.startsWith("b") ? BETA : CANDIDATE, digits);
}

const localPart = (text: string): KeyPart => (/^\d+$/.test(text) ? numberPart(2, text) : wordPart(1, text));

function withoutTrailingZeros(parts: readonly KeyPart[]): readonly KeyPart[] {
  let length = parts.length;
  while (length > 0 && parts[length - 1]?.text === "") length -= 1;
  return parts.slice(0, length);
}
