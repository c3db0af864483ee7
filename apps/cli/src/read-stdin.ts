// All of standard input at once. Who looked at `process.stdin` before has made a pipe non-blocking: a read then fails while the other
// side is still writing, which is no end of input.
import { readSync } from "node:fs";

const CHUNK = 64 * 1024;
const PAUSE_MS = 2;

/** The bytes of standard input to its end. Waits for a slow writer; throws what the system says when it cannot be read. */
export function readStdin(): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const part = nextPart();
    if (part === "later") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    else if (part.length === 0) return Buffer.concat(parts);
    else parts.push(part);
  }
}

function nextPart(): Buffer | "later" {
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    return buffer.subarray(0, readSync(0, buffer, 0, CHUNK, null));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN") return "later";
    if (code === "EOF") return Buffer.alloc(0); // what Windows says at the end of a pipe
    throw error;
  }
}
