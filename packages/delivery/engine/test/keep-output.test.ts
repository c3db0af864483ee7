// The last words of a box may still be on the way when its last process is gone: a test's summary stands there.
import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { keepOutput } from "../src/box/keep-output.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("keepOutput", () => {
  it("waits for what comes after the end of the box", async () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const kept = keepOutput([out, err]);
    out.write("1 passed");
    const words = kept();
    setTimeout(() => err.end(" slow"), 20);
    setTimeout(() => out.end(", 0 failed"), 40);
    expect(await words).toEqual({ text: "1 passed slow, 0 failed", sha256: sha256("1 passed slow, 0 failed") });
  });

  it("gives what came from a stream that never ends, and takes nothing afterwards", async () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    err.on("error", () => undefined);
    const kept = keepOutput([out, err], 30);
    out.end("a");
    err.write("b");
    expect(await kept()).toEqual({ text: "ab", sha256: sha256("ab") });
    expect(err.destroyed).toBe(true);
  });

  it("gives what came before the call", async () => {
    const out = new PassThrough();
    const kept = keepOutput([out]);
    out.end("all of it");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await kept()).text).toBe("all of it");
  });

  it("keeps beginning and end of more than it holds, and the digest of all", async () => {
    const out = new PassThrough();
    const kept = keepOutput([out]);
    const lines = Array.from({ length: 400 }, (_, at) => `${at} `.padEnd(8192, "x"));
    for (const line of lines) out.write(line);
    out.end("last words");
    const { text, sha256: digest } = await kept();
    expect(text.length).toBeLessThan(1.2 * 1024 * 1024);
    expect([text.startsWith("0 x"), text.endsWith("last words")]).toEqual([true, true]);
    expect(digest).toBe(sha256([...lines, "last words"].join("")));
  });
});
