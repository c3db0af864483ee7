// The disk says no at any moment (full, quota, broken): what is being deleted or put back is whole in one of its two places, the
// command says that it failed, and undo brings everything back.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { isCesError } from "@ces/kernel";
import { byteText } from "../src/byte-text.ts";
import { undoLast } from "../src/undo.ts";
import { mountOrSkip, mountTmpfs, withoutTrash } from "./devices.ts";
import { interceptWrites } from "./intercept-writes.ts";
import { performs } from "./mortal-deeds.ts";
import { homeAt, picture, plant, scratch, scratchHome, type Home } from "./scratch-trash.ts";

let stop = (): void => {};
afterEach(() => stop());

function fresh(home: Home): Home {
  mkdirSync(join(home.work, "tree"));
  plant(join(home.work, "tree"));
  writeFileSync(join(home.work, "file"), "one", { mode: 0o640 });
  symlinkSync("tree", join(home.work, "link"));
  return home;
}

/** Does it with the k-th change failing; how many changes there were, and whether it threw or said no. */
function failing(home: Home, what: string, at: number, code: string): { calls: number; said: unknown } {
  let calls = 0;
  stop = interceptWrites((_, __, real) => {
    calls += 1;
    if (calls === at) throw Object.assign(new Error(`${code}: planted`), { code });
    return real();
  });
  try {
    return { said: performs[what]!(home), calls };
  } catch (said) {
    return { said, calls };
  } finally {
    stop();
  }
}

type Given = { readonly before?: (home: Home) => void; readonly codes?: readonly string[]; readonly every?: number };

function failAtEachStep(what: string, make: () => Home, given: Given = {}): void {
  const { before = () => {}, codes = ["ENOSPC", "EACCES"], every = 1 } = given;
  for (const code of codes)
    for (let at = 1, calls = 1; at <= calls; at += every) {
      const home = fresh(make());
      const whole = picture(home.work, "no times");
      before(home);
      const ran = failing(home, what, at, code);
      calls = ran.calls;
      try {
        // A fault of ours would be a TypeError; the planted one, or a sentence about it, is fine.
        if (ran.said instanceof Error && !isCesError(ran.said)) expect(ran.said.message).toContain("planted");
        undoLast(home.trash, home.roots);
        expect(picture(home.work, "no times")).toEqual(whole);
      } catch (cause) {
        throw new Error(`change ${at} of ${what} failed with ${code}`, { cause });
      }
    }
}

const overwrite = (home: Home): void => {
  performs["keep"]!(home);
  writeFileSync(join(home.work, "file"), "overwritten");
  writeFileSync(join(home.work, "nothing"), "new");
};

describe("on one device", () => {
  test("a delete", () => failAtEachStep("put", () => scratchHome()));
  test("an undo of a delete", () => failAtEachStep("undo", () => scratchHome(), { before: performs["put"]! }));
  test("a rescue copy", () => failAtEachStep("keep", () => scratchHome(), { codes: ["ENOSPC"], every: 2 }));
  test("an undo of an overwrite", () => failAtEachStep("undo", () => scratchHome(), { before: overwrite }));
});

describe.skipIf(mountOrSkip())("across devices", () => {
  const acrossDevices = (): Home => {
    const home = homeAt(scratch());
    mkdirSync(join(home.home, "state/ces/guard"), { recursive: true, mode: 0o700 });
    mkdirSync(join(volume(), home.home), { recursive: true });
    symlinkSync(join(volume(), home.home), home.work);
    return { ...home, roots: [...home.roots, byteText(volume())] };
  };
  let mounted: string | undefined;
  const volume = (): string => {
    if (mounted !== undefined) return mounted;
    mounted = mountTmpfs(join(scratch(), "volume"), 64);
    withoutTrash(mounted);
    return mounted;
  };
  afterEach(() => void (mounted = undefined));

  test("a delete", () => failAtEachStep("put", acrossDevices, { codes: ["ENOSPC"], every: 2 }));
  test("an undo of a delete", () =>
    failAtEachStep("undo", acrossDevices, { before: performs["put"]!, codes: ["ENOSPC"], every: 2 }));
});
