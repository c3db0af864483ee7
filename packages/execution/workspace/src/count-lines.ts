// How many lines a change adds and deletes: the length of the shortest edit script (Myers 1986), without the script.

/** Lines added and deleted; a binary change has none. */
export type LineCounts = { readonly added: number; readonly deleted: number; readonly binary: boolean };

// Above this much work the change counts as "all replaced" between the common ends: too many lines, never too few.
const MAX_STEPS = 20_000_000;

/** Counts between two contents; null is an absent file. Linear memory, bounded time for attacker-controlled bytes. */
export function countLines(before: Uint8Array | null, after: Uint8Array | null): LineCounts {
  if ((before?.includes(0) ?? false) || (after?.includes(0) ?? false)) return { added: 0, deleted: 0, binary: true };
  const names = new Map<string, number>();
  const [a, b] = trim(lineNumbers(before, names), lineNumbers(after, names));
  const distance = editDistance(a, b);
  return { added: (distance + b.length - a.length) / 2, deleted: (distance + a.length - b.length) / 2, binary: false };
}

function lineNumbers(bytes: Uint8Array | null, names: Map<string, number>): Uint32Array {
  if (bytes === null || bytes.length === 0) return new Uint32Array();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const lines = text.split("\n");
  // A last line without a newline is another line than the same text with one.
  const last = lines.pop() ?? "";
  const keys = [...lines.map((line) => `${line}\n`), ...(last === "" ? [] : [last])];
  return Uint32Array.from(keys, (key) => {
    const known = names.get(key);
    if (known !== undefined) return known;
    names.set(key, names.size);
    return names.size - 1;
  });
}

function trim(a: Uint32Array, b: Uint32Array): readonly [Uint32Array, Uint32Array] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return [a.subarray(head, a.length - tail), b.subarray(head, b.length - tail)];
}

// The greedy forward search: `furthest[k]` is how far along `a` the paths on diagonal k have come with d edits.
function editDistance(a: Uint32Array, b: Uint32Array): number {
  const max = a.length + b.length;
  if (a.length === 0 || b.length === 0) return max;
  const furthest = new Int32Array(2 * max + 2);
  let steps = 0;
  for (let d = 0; d <= max; d += 1) {
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, max + k - 1) < at(furthest, max + k + 1));
      let x = down ? at(furthest, max + k + 1) : at(furthest, max + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x += 1;
        steps += 1;
      }
      furthest[max + k] = x;
      if (x >= a.length && x - k >= b.length) return d;
    }
    steps += d;
    if (steps > MAX_STEPS) return max;
  }
  return max;
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}
