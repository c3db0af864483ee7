// One JSON object per line over a byte stream, for both ends of the gateway's standard streams.
import type { Readable } from "node:stream";

/** Longest line either side takes, in characters. */
const LONGEST = 4 * 1024 * 1024;

/** Calls `take` for every whole line, then `ended` once. A line that is too long ends the stream as well. */
export function readLines(stream: Readable, take: (line: string) => void, ended: () => void): void {
  let rest = "";
  let over = false;
  const stop = (): void => {
    if (over) return;
    over = true;
    ended();
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (!over && line !== "") take(line);
    if (rest.length > LONGEST) stop();
  });
  stream.on("end", stop);
  stream.on("close", stop);
  stream.on("error", stop);
}

/** The value of a line, or undefined when it is not JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
