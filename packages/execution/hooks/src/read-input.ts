// Standard input of a hook: one document, capped in size and in time.
import { readSync } from "node:fs";

/** Milliseconds that a host has to hand over its call. */
export const INPUT_TIME = 3_000;

/** The bytes, or why there are none to judge. Reads no more than `maxBytes`. */
export function readInput(
  stream: NodeJS.ReadableStream,
  maxBytes: number,
  milliseconds: number = INPUT_TIME,
): Promise<Uint8Array | string> {
  return new Promise((done) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const timer = setTimeout(() => done(tooSlow(milliseconds)), milliseconds);
    const end = (answer: Uint8Array | string): void => {
      clearTimeout(timer);
      done(answer);
    };
    stream.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > maxBytes) end(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    stream.on("end", () => end(Buffer.concat(chunks)));
    stream.on("error", (error) => end(unreadable(error)));
  });
}

/** Bytes that most calls fit into. */
const FIRST = 64 * 1024;

/**
 * The same from a descriptor, without node's streams, which take longer to load than a call takes to judge. A descriptor
 * that blocks is timed by whoever started us: the line in the host's configuration ends after five seconds.
 */
export function readInputSync(fd: number, maxBytes: number, milliseconds: number = INPUT_TIME): Uint8Array | string {
  let bytes = Buffer.allocUnsafe(Math.min(FIRST, maxBytes + 1));
  const end = Date.now() + milliseconds;
  for (let size = 0; ;) {
    const read = readSome(fd, bytes.subarray(size));
    if (read.kind === "failed") return unreadable(read.error);
    if (read.kind === "later" && Date.now() > end) return tooSlow(milliseconds);
    if (read.kind === "later") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    else if (read.count === 0) return bytes.subarray(0, size);
    else size += read.count;
    if (size > maxBytes) return tooLarge(maxBytes);
    if (size === bytes.length) bytes = Buffer.concat([bytes], Math.min(size * 4, maxBytes + 1));
  }
}

type Some =
  | { readonly kind: "read"; readonly count: number }
  | { readonly kind: "later" }
  | { readonly kind: "failed"; readonly error: unknown };

function readSome(fd: number, bytes: Uint8Array): Some {
  try {
    return { kind: "read", count: readSync(fd, bytes) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN") return { kind: "later" };
    // A pipe of another system that was closed.
    return code === "EOF" ? { kind: "read", count: 0 } : { kind: "failed", error };
  }
}

const tooSlow = (milliseconds: number): string => `no end of the input within ${milliseconds} ms`;
const tooLarge = (maxBytes: number): string => `more than ${maxBytes} bytes of input`;
const unreadable = (error: unknown): string =>
  `the input cannot be read: ${error instanceof Error ? error.message : "unknown"}`;
