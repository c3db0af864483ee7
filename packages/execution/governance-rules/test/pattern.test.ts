// What a pattern may say, and that everything else is refused with its place instead of being guessed.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCesError } from "@ces/kernel";
import { NO_RANK } from "../src/machine/closure.ts";
import { machineOf } from "../src/machine/machine.ts";
import {
  ANYTHING,
  charactersOf,
  codeSet,
  complement,
  holds,
  NOTHING,
  union,
  without,
} from "../src/pattern/code-set.ts";
import { isAnchored, isClosed } from "../src/pattern/pattern.ts";
import { readPattern } from "../src/pattern/read-pattern.ts";

const finds = (source: string, text: string, lenient = false): boolean => {
  const pattern = readPattern(source);
  const machine = machineOf([{ pattern, rank: 0, lenient, closedTo: NOTHING }]);
  return machine.lowest(text, () => true) === 0;
};

describe("a pattern", () => {
  test.each([
    ["(?i)RM", "shell:rm"],
    ["(?i)[^a]b", "cb"],
    ["\\x41\\u0042", "AB"],
    ["(?P<name>a|b){2}", "xxba"],
    ["[]a]", "]"],
    ["[a-]", "-"],
    ["[\\d_-]+$", "1_-"],
    ["\\Aa.b\\Z", "a\nb"],
    ["a{2}", "aa"],
    ["^$", ""],
    ["", "anything"],
    ["(|a)b", "b"],
    ["\\bkey\\b", "a key."],
    ["[\\b]", "\b"],
    ["😀+", "x😀"],
  ])("%s is found in %j", (source, text) => expect(finds(source, text)).toBe(true));

  test.each([
    ["(?i)[^a]b", "Ab"],
    ["a$", "a\n"],
    ["\\bkey\\b", "keys"],
    ["a{2,3}b", "ab"],
    ["[^\\w]", "abc"],
  ])("%s is not found in %j", (source, text) => expect(finds(source, text)).toBe(false));

  test("the dot of a rule that allows stops at a line break, that of any other does not", () => {
    expect([finds("^a.b$", "a\nb", true), finds("^a.b$", "a\nb", false)]).toEqual([false, true]);
  });

  test.each([
    ["shell:(", "unclosed group", 7],
    ["a)", "closes a group", 2],
    ["[a", "unclosed class", 1],
    ["a**", "repeats a repetition", 3],
    ["a*+", "repeats a repetition", 3],
    ["*a", "repetition of nothing", 1],
    ["a|*", "repetition of nothing", 3],
    ["^*", "repeats a place", 1],
    ["(?=a)", "looks ahead or behind", 1],
    ["(?<!a)", "looks ahead or behind", 1],
    ["(a)\\1", "back-reference", 4],
    ["(?>a)", "neither plain", 1],
    ["(?x)a", "neither plain", 1],
    ["a(?i)b", "neither plain", 2],
    ["\\q", "unknown escape", 1],
    ["\\pL", "unknown escape", 1],
    ["a\\", "ends with a backslash", 2],
    ["[z-a]", "range without order", 2],
    ["[[:alpha:]]", "POSIX class", 2],
    ["a{", "brace that is no count", 2],
    ["{a}", "repetition of nothing", 1],
    ["a{3,2}", "count out of order", 2],
    ["a{1001}", "count out of order or above 1000", 2],
    ["\\x4", "needs 2 hexadecimal digits", 1],
    ["\\U00110000", "needs 8 hexadecimal digits", 1],
    ["(".repeat(40) + ")".repeat(40), "nests more than 32 groups", 33],
    ["a".repeat(3000), "longer than 2048", 2049],
  ])("%s is refused: %s", (source, why, at) => {
    const thrown = caught(() => readPattern(source));
    expect(thrown).toMatchObject({ code: "PATTERN_INVALID" });
    expect(thrown.message).toContain(why);
    expect(thrown.message).toContain(`(character ${at})`);
  });

  test("knows whether it begins at the beginning and ends at the end", () => {
    const of = (source: string) => [isAnchored(readPattern(source)), isClosed(readPattern(source))];
    expect(["^a$", "^a|^b", "^a|b", "a$", "(^a)+b", "", "^", "(a|b$)"].map(of)).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [false, true],
      [true, false],
      [false, false],
      [true, false],
      [false, false],
    ]);
  });

  test("counts that would blow up are refused, not tried", () => {
    const source = "((a{1,100}){1,100}){1,100}";
    expect(
      caught(() => machineOf([{ pattern: readPattern(source), rank: 0, lenient: false, closedTo: NOTHING }])),
    ).toMatchObject({
      code: "PATTERN_TOO_LARGE",
    });
  });

  test("any text at all is a pattern or a refusal", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom(..."ab01(|)[]^$.*+?{},\\-:<>=!Pxdwsb") }),
        ),
        (source) => {
          try {
            machineOf([{ pattern: readPattern(source), rank: 0, lenient: true, closedTo: NOTHING }]).lowest(
              source,
              () => true,
            );
          } catch (error) {
            if (!isCesError(error)) throw error;
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe("time", () => {
  // Each of these takes a backtracking engine longer than the universe has.
  const patterns = [
    "^(a+)+$",
    "(a*)*b",
    "(a|aa)+$",
    "(.*)*=.*",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y",
    "(a|a?)+$",
    "(.*a){20}",
  ];

  test.each(patterns)("%s is linear: sixteen times the text costs no more than a hundred times the steps", (source) => {
    const machine = machineOf([{ pattern: readPattern(source), rank: 0, lenient: false, closedTo: NOTHING }]);
    const text = "a".repeat(65_000);
    // Ending at all is the claim; a backtracking engine does not.
    expect([0, NO_RANK]).toContain(machine.lowest(`${text}!`, null));
    expect([0, NO_RANK]).toContain(machine.lowest(text, null));
  });

  test("a text made to need ever new states is answered all the same, and forgetting changes no answer", () => {
    // 2^16 deterministic states; the machine keeps fewer.
    const source = "^[ab]*a[ab]{16}$";
    const machine = machineOf([{ pattern: readPattern(source), rank: 0, lenient: false, closedTo: NOTHING }]);
    let state = 1;
    const bits = Array.from({ length: 60_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state & 65_536 ? "a" : "b";
    }).join("");
    for (let cut = 17; cut < 60_000; cut += 9_973)
      expect(machine.lowest(bits.slice(0, cut), null) === 0).toBe(bits.charAt(cut - 17) === "a");
  });
});

describe("sets of characters", () => {
  const ranges = fc.array(
    fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
    { maxLength: 6 },
  );
  const members = (set: ReturnType<typeof codeSet>) => Array.from({ length: 60 }, (_, code) => holds(set, code));

  test("union, complement and difference are those of sets", () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const [a, b] = [codeSet(one), codeSet(other)];
        const inside = (list: typeof one, code: number): boolean =>
          list.some(([low, high]) => code >= low && code <= high);
        expect(members(union(a, b))).toEqual(
          members(ANYTHING).map((_, code) => inside(one, code) || inside(other, code)),
        );
        expect(members(complement(a))).toEqual(members(ANYTHING).map((_, code) => !inside(one, code)));
        expect(members(without(a, b))).toEqual(
          members(ANYTHING).map((_, code) => inside(one, code) && !inside(other, code)),
        );
      }),
    );
  });

  test("characters of a text are code points", () => {
    expect(charactersOf("ba😀")).toEqual([
      [97, 98],
      [128_512, 128_512],
    ]);
  });
});

function caught(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
