// The compiled file: every name is found, damage is found where it lies, and nothing that is not ours is believed.
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOsv } from "@ces/guard/supply";
import { isCesError } from "@ces/kernel";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAdvisories } from "../src/index.ts";
import { verifyIndex } from "../src/verify-index.ts";
import { writeIndex } from "../src/write-index.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ces-advisories-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes a file with one malicious record on each name. */
function made(names: readonly string[], path = join(dir, "index")): string {
  const records = names.map((name, index) => {
    const reading = readOsv({
      id: `MAL-${index}`,
      modified: "2026-11-01T00:00:00Z",
      summary: "bad",
      affected: [{ package: { ecosystem: "npm", name } }],
    });
    return reading.kind === "advisory" ? reading.records : [];
  });
  const tables = [
    { ecosystem: "npm", kind: "malicious", names: new Map(records.flat().map((one) => [one.name, [one]])) },
  ] as const;
  const ecosystems = [
    { ecosystem: "npm", as_of: 1, malicious: names.length, vulnerable: 0, names: names.length },
  ] as const;
  writeIndex({ as_of: 1, made_at: 2, ecosystems, tables }, { into: path, temporary: `${path}.new` });
  return path;
}

function code(act: () => unknown): string {
  try {
    act();
    return "none";
  } catch (error) {
    return isCesError(error) ? error.code : `a bug: ${String(error)}`;
  }
}

describe("openAdvisories", () => {
  it("finds every name that was written, and no other", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 300 }),
        fc.string({ minLength: 1 }),
        (names, other) => {
          const file = openAdvisories(made(names));
          const missing = names.filter((name) => file?.find("npm", name, "1.0.0").length !== 1);
          expect(missing).toEqual([]);
          expect(file?.find("npm", other, null).length).toBe(names.includes(other) ? 1 : 0);
          expect(file?.fault()).toBeNull();
          file?.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it("the same records make the same bytes", () => {
    const [one, other] = [made(["b", "a", "c"]), made(["b", "a", "c"], join(dir, "other"))];
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  it("there is none: null", () => {
    expect(openAdvisories(join(dir, "nowhere"))).toBeNull();
  });

  it("a flipped bit is found: at opening, at the look-up that meets it, or by the verification", () => {
    const names = Array.from({ length: 40 }, (_, index) => `name-${index}`);
    const path = made(names);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      // INVARIANT: what was there is found, or the damage is told: never silently less.
      const told = code(() => {
        const file = openAdvisories(path);
        const found = names.filter((name) => file?.find("npm", name, null).length === 1);
        const fault = file?.fault() ?? null;
        file?.close();
        if (fault === null) expect([at, found.length]).toEqual([at, names.length]);
      });
      expect(["none", "ADVISORIES_CORRUPT"]).toContain(told);
      expect([at, code(() => verifyIndex(path))]).toEqual([at, "ADVISORIES_CORRUPT"]);
    }
  });

  it("a cut file is no file", () => {
    const path = made(["a"]);
    const { length } = readFileSync(path);
    for (const size of [0, 5, 40, 200, length - 1]) {
      truncateSync(path, Math.min(size, length));
      expect([size, code(() => openAdvisories(path))]).toEqual([size, "ADVISORIES_CORRUPT"]);
      made(["a"]);
    }
  });

  it("a link, a folder, or a file that others may write is not believed", () => {
    const path = made(["a"]);
    symlinkSync(path, join(dir, "link"));
    expect(code(() => openAdvisories(join(dir, "link")))).toBe("ADVISORIES_UNSAFE");
    expect(code(() => openAdvisories(dir))).toBe("ADVISORIES_UNSAFE");
    chmodSync(path, 0o666);
    expect(code(() => openAdvisories(path))).toBe("ADVISORIES_UNSAFE");
  });
});
