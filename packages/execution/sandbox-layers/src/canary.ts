// A wall is believed after it was run against: one file that must be readable inside and one that must not. Both answers count, because a
// command that cannot even start looks like a wall that holds.
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A scratch folder with the two files. `inside` is a folder to grant; `forbidden` lies in one that is not granted. */
export interface Canary {
  readonly folder: string;
  readonly inside: string;
  readonly control: string;
  readonly forbidden: string;
  readonly words: { readonly control: string; readonly forbidden: string };
  readonly remove: () => void;
}

/** Puts the files down, 0600 in 0700. */
export function layCanary(scratch: string): Canary {
  const folder = mkdtempSync(join(scratch, "layer-"));
  const [inside, outside] = [join(folder, "inside"), join(folder, "outside")];
  for (const one of [inside, outside]) mkdirSync(one, { mode: 0o700 });
  const words = { control: randomBytes(16).toString("hex"), forbidden: randomBytes(16).toString("hex") };
  const [control, forbidden] = [join(inside, "control"), join(outside, "forbidden")];
  writeFileSync(control, words.control, { mode: 0o600, flag: "wx" });
  writeFileSync(forbidden, words.forbidden, { mode: 0o600, flag: "wx" });
  return { folder, inside, control, forbidden, words, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `sha256:` and hex. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
