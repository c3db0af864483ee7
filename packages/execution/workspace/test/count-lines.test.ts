import fc from "fast-check";
import { expect, test } from "vitest";
import { countLines } from "../src/index.ts";

// The textbook table: lines kept by the best alignment. (git's own numstat is not always minimal, even with --minimal.)
function kept(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1)
      table[i]![j] = a[i - 1] === b[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1));
  return at(a.length, b.length);
}

const lines = (text: string): readonly string[] => text.split(/(?<=\n)/).filter(Boolean);

test("counts what the best alignment leaves", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "", "a\r"), { maxLength: 16 })
    .chain((all) => fc.boolean().map((end) => all.join("\n") + (end ? "\n" : "")));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const same = kept(lines(before), lines(after));
      const expected = { added: lines(after).length - same, deleted: lines(before).length - same, binary: false };
      expect(countLines(Buffer.from(before), Buffer.from(after))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("absent, binary and hopelessly different contents", () => {
  expect(countLines(null, Buffer.from("a\nb"))).toEqual({ added: 2, deleted: 0, binary: false });
  expect(countLines(Buffer.from("a\nb\n"), null)).toEqual({ added: 0, deleted: 2, binary: false });
  expect(countLines(Buffer.from("a"), Buffer.from("a\0"))).toEqual({ added: 0, deleted: 0, binary: true });
  const numbers = (from: number): Buffer =>
    Buffer.from(Array.from({ length: 50_000 }, (_, i) => `${from + i}\n`).join(""));
  expect(countLines(numbers(0), numbers(1_000_000))).toEqual({ added: 50_000, deleted: 50_000, binary: false });
});
