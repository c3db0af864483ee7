// A hook's input: whole, or a reason why not; never more than the cap, never longer than the limit.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { readInput } from "../src/read-input.ts";

const feed = (...chunks: readonly string[]): PassThrough => {
  const stream = new PassThrough();
  for (const chunk of chunks) stream.write(chunk);
  return stream;
};

describe("from a stream", () => {
  test("is what arrived until the end", async () => {
    const stream = feed("ab", "c");
    stream.end();
    expect(Buffer.from(await readInput(stream, 10)).toString()).toBe("abc");
  });
  test("is refused above the cap, without waiting for the end", async () => {
    expect(await readInput(feed("x".repeat(11)), 10)).toBe("more than 10 bytes of input");
  });
  test("is refused when it does not end", async () => {
    expect(await readInput(feed("x"), 10, 20)).toMatch(/no end of the input within 20 ms/);
  });
  test("is refused when it breaks", async () => {
    const stream = feed("x");
    stream.destroy(new Error("cut"));
    expect(await readInput(stream, 10)).toBe("the input cannot be read: cut");
  });
});

describe("from a descriptor", () => {
  const driver = join(import.meta.dirname, "input-driver.ts");
  const ran = (stdin: "pipe" | "ignore", write: (to: NodeJS.WritableStream) => void): Promise<string> => {
    const child = spawn(process.execPath, [driver, "100000", "400"], { stdio: [stdin, "pipe", "inherit"] });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdin?.on("error", () => {});
    if (child.stdin) write(child.stdin);
    return new Promise((done) => child.on("close", () => done(said)));
  };

  test("is what arrived until the end, in however many pieces", async () => {
    const text = await ran("pipe", (to) => {
      to.write("a".repeat(70_000));
      setTimeout(() => to.end("b"), 50);
    });
    expect(text).toBe("70001 b");
  });
  test("is empty for none", async () => expect(await ran("ignore", () => {})).toBe("0 "));
  test("is refused above the cap", async () => {
    expect(await ran("pipe", (to) => to.end("x".repeat(100_001)))).toBe("more than 100000 bytes of input");
  });
});
