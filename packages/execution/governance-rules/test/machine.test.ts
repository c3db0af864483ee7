// The machine against an independent engine: what ECMAScript's backtracking finds, it finds; and it finds the lowest rank.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_RANK } from "../src/machine/closure.ts";
import { machineOf } from "../src/machine/machine.ts";
import { NOTHING } from "../src/pattern/code-set.ts";
import { readPattern } from "../src/pattern/read-pattern.ts";

const strict = (sources: readonly string[]) =>
  machineOf(sources.map((source, rank) => ({ pattern: readPattern(source), rank, lenient: false, closedTo: NOTHING })));
const matches = (source: string, text: string): boolean => strict([source]).lowest(text, null) === 0;

/** Patterns whose meaning is the same here and in ECMAScript (`s`: the dot of a rule that denies takes line breaks). */
const piece: fc.Arbitrary<string> = fc.letrec<{ piece: string; many: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", "\\d", "\\w", "\\b", "\\B", "^", "$", "1", "-", "\\."),
    fc.tuple(tie("many"), tie("many")).map(([one, two]) => `(${one}|${two})`),
    fc
      .tuple(
        fc.constantFrom("a", "[bc]", "(ab)", "(?:a|b)", "."),
        fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?"),
      )
      .map((p) => p.join("")),
    fc.tuple(tie("many"), fc.constantFrom("*", "+", "?", "{1,2}")).map(([one, count]) => `(?:${one})${count}`),
  ),
  many: fc.array(tie("piece"), { maxLength: 3 }).map((parts) => parts.join("")),
})).piece;
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", "-", ".", "\n", "ü", "😀"), maxLength: 12 });

describe("the machine", () => {
  test("agrees with ECMAScript about every pattern and text", () => {
    fc.assert(
      fc.property(piece, text, (source, input) => {
        // V8 looks for `\\B` between the halves of a surrogate pair too, flag `u` or not.
        fc.pre(!(source.includes("\\B") && input.includes("😀")));
        // An engine without multiline flag and with `u`, so that a character is a code point on both sides.
        expect(matches(source, input)).toBe(new RegExp(source, "su").test(input));
      }),
      { numRuns: 5000 },
    );
  });

  test("finds the lowest rank of many, as one pattern after the other would", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.array(text, { maxLength: 5 }),
        (sources, inputs) => {
          const machine = strict(sources);
          for (const input of inputs.filter((one) => !one.includes("😀"))) {
            const first = sources.findIndex((source) => new RegExp(source, "su").test(input));
            expect(machine.lowest(input, null)).toBe(first < 0 ? NO_RANK : first);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
