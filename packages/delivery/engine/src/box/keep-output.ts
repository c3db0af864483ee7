// What a box says on both streams, in arrival order. SECURITY: attacker-controlled; memory is bounded, the digest covers everything.
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";

/** The beginning and the end of the output, and the hex SHA-256 of all of it. */
export interface KeptOutput {
  readonly text: string;
  readonly sha256: string;
}

const OUTPUT_CAP = 1024 * 1024;
/** A dead box holds no stream open, so its last words are here at once; nothing waits longer. Milliseconds. */
const LAST_WORDS_MS = 5000;

/** Begins to read. Call the result once, when no process of the box is left: it waits for what is still on the way. */
export function keepOutput(streams: readonly Readable[], wait_ms = LAST_WORDS_MS): () => Promise<KeptOutput> {
  const hash = createHash("sha256");
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  let kept = 0;
  let tailed = 0;
  const take = (chunk: Buffer): void => {
    hash.update(chunk);
    if (kept < OUTPUT_CAP / 2) {
      head.push(chunk);
      kept += chunk.length;
      return;
    }
    tail.push(chunk);
    tailed += chunk.length;
    while (tailed > OUTPUT_CAP / 2 && tail.length > 1) tailed -= tail.shift()?.length ?? 0;
  };
  for (const stream of streams) stream.on("data", take);
  return async () => {
    await Promise.all(streams.map((stream) => drained(stream, wait_ms)));
    // INVARIANT: nothing is taken after the digest; a chunk that came late would end the process.
    for (const stream of streams) stream.off("data", take);
    return { text: new TextDecoder().decode(Buffer.concat([...head, ...tail])), sha256: hash.digest("hex") };
  };
}

async function drained(stream: Readable, wait_ms: number): Promise<void> {
  const timer = setTimeout(() => stream.destroy(), wait_ms);
  try {
    await finished(stream, { writable: false });
  } catch {
    // Destroyed, or broken off: what came until then is all there is.
  } finally {
    clearTimeout(timer);
  }
}
