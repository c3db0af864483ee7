// Versions of npm, crates and Go (semver.org 2.0 §11), read loosely: `v1`, `1.2` and `=1.2.3` are what people write.
import { markPart, numberPart, wordPart, type KeyPart, type VersionKey } from "./version-key.ts";

const SHAPE = /^[v=\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/;
const PAD = markPart(0);
const RELEASE = markPart(9);

/** The key of a version, undefined when it is none. Build metadata does not count. */
export function semverKey(version: string): VersionKey | undefined {
  const found = SHAPE.exec(version);
  if (!found) return undefined;
  const core = [found[1], found[2], found[3]].map((digits) => numberPart(5, digits ?? "0"));
  const pre = found[4];
  return { parts: [...core, ...(pre === undefined ? [RELEASE] : pre.split(".").map(identifier))], pad: PAD };
}

function identifier(text: string): KeyPart {
  return /^\d+$/.test(text) ? numberPart(1, text) : wordPart(2, text);
}
