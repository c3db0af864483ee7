// A terminal for frames: what Ink writes is kept, what a test types arrives as keys. Nothing of ours is replaced.
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";

/** A stdout of a given size that keeps every frame. */
export function frameSink(columns: number, rows: number) {
  const frames: string[] = [];
  const stream = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    frames,
    write: (text: string, ...rest: unknown[]) => {
      frames.push(text);
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    },
  });
  return stream as unknown as NodeJS.WriteStream & { readonly frames: string[] };
}

/** A stdin that a test types on. */
export function keyboard() {
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stream,
    ref: () => stream,
    unref: () => stream,
  });
  return stream as unknown as NodeJS.ReadStream & {
    readonly push: (text: string) => void;
    readonly write: (text: string) => void;
  };
}
