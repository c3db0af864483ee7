// What a command said: kept up to a cap, counted and drained beyond it, so that a loud command neither blocks nor fills our memory.
import type { Readable } from "node:stream";

/** One stream. `bytes` counts everything that was read, kept or not. */
export type Captured = { readonly kept: Buffer; readonly bytes: number; readonly truncated: boolean };

/** A capture in progress. */
export type Capture = {
  /** Resolves at the end of the streams, or when reading was stopped. */
  readonly done: Promise<void>;
  /** Reads no more, whoever still holds the other end (F-10). */
  readonly stop: () => void;
  readonly captured: () => Captured;
};

/** Captures streams into one buffer of at most `most` bytes, in the order of arrival. */
export function captureStreams(streams: readonly Readable[], most: number): Capture {
  const chunks: Buffer[] = [];
  let kept = 0;
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    const room = Math.min(most - kept, chunk.length);
    if (room <= 0) return;
    chunks.push(room === chunk.length ? chunk : Buffer.from(chunk.subarray(0, room)));
    kept += room;
  };
  const closed = streams.map(
    (stream) =>
      new Promise<void>((resolve) => {
        stream.on("data", take).on("error", () => stream.destroy());
        if (stream.closed) resolve();
        else stream.once("close", () => resolve());
      }),
  );
  return {
    done: Promise.all(closed).then(() => undefined),
    stop: () => {
      for (const stream of streams) stream.destroy();
    },
    captured: () => ({ kept: Buffer.concat(chunks), bytes, truncated: bytes > kept }),
  };
}
