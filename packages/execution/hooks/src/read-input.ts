// Standard input of a hook: one document, capped in size and in time.

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
    const timer = setTimeout(() => done(`no end of the input within ${milliseconds} ms`), milliseconds);
    const end = (answer: Uint8Array | string): void => {
      clearTimeout(timer);
      done(answer);
    };
    stream.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > maxBytes) end(`more than ${maxBytes} bytes of input`);
      else chunks.push(chunk);
    });
    stream.on("end", () => end(Buffer.concat(chunks)));
    stream.on("error", (error) => end(`the input cannot be read: ${error.message}`));
  });
}
