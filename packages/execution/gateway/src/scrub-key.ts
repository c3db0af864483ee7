// The last fence around the real key: an upstream that repeats what it was sent (a debug proxy, an error page) must not hand
// the credential to the box. Works on whole lines, so a key cut by a chunk border is still found.

/** Passes bytes on without the key. `push` returns what may go now, `end` the rest. */
export interface Scrubber {
  push(chunk: Buffer): Buffer;
  end(): Buffer;
}

const NEWLINE = 0x0a;

/** A scrubber for one answer. Holds back the unfinished last line. */
export function createScrubber(key: string): Scrubber {
  const secret = Buffer.from(key);
  const mask = Buffer.alloc(secret.length, "*");
  let held: Buffer[] = [];

  function clean(bytes: Buffer): Buffer {
    for (let at = bytes.indexOf(secret); at !== -1; at = bytes.indexOf(secret, at + mask.length)) mask.copy(bytes, at);
    return bytes;
  }

  function push(chunk: Buffer): Buffer {
    const cut = chunk.lastIndexOf(NEWLINE) + 1;
    if (cut === 0) {
      held.push(chunk);
      return Buffer.alloc(0);
    }
    const whole = Buffer.concat([...held, chunk.subarray(0, cut)]);
    held = cut === chunk.length ? [] : [chunk.subarray(cut)];
    return clean(whole);
  }

  function end(): Buffer {
    const rest = Buffer.concat(held);
    held = [];
    return clean(rest);
  }

  return { push, end };
}
