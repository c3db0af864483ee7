import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBlobs } from "../src/open-blobs.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-blobs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
// sha256("abc"), FIPS 180-4 appendix B.1
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const file = () => join(folder, ABC.slice(0, 2), ABC.slice(2));

describe("openBlobs", () => {
  it("keeps bytes under their hash, once, 0600", () => {
    const blobs = openBlobs(folder);
    expect(blobs.put(bytes("abc"))).toEqual({ sha256: ABC, bytes: 3 });
    expect(blobs.put(bytes("abc"))).toEqual({ sha256: ABC, bytes: 3 });
    expect(blobs.get(ABC)).toEqual(bytes("abc"));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, ABC.slice(0, 2)))).toEqual([ABC.slice(2)]);
    expect(openBlobs(folder).get(ABC)).toEqual(bytes("abc"));
    expect(blobs.get(blobs.put(new Uint8Array(0)).sha256)).toEqual(new Uint8Array(0));
  });

  it("never gives bytes that are not what they are named after", () => {
    const blobs = openBlobs(folder);
    blobs.put(bytes("abc"));
    writeFileSync(file(), "abd", { mode: 0o600 });
    for (const run of [() => blobs.get(ABC), () => blobs.put(bytes("abc"))])
      expect(run).toThrow(expect.objectContaining({ code: "BLOB_MODIFIED" }));
    rmSync(file());
    symlinkSync("/etc/passwd", file());
    expect(() => blobs.get(ABC)).toThrow(expect.objectContaining({ code: "STATE_UNSAFE" }));
  });

  it("does not take a path for a hash", () => {
    const blobs = openBlobs(folder);
    for (const name of ["../../etc/passwd", "", ABC.toUpperCase(), "0".repeat(64)])
      expect(blobs.get(name)).toBeUndefined();
  });
});
