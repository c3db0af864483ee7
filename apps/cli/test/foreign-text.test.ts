// S30: whatever an agent, a file name or a model says, the only control bytes that leave are our own colours and line breaks.
import type { Progress } from "@ces/records";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outcomeEnvelope } from "../src/envelope.ts";
import { shownError, errorLines } from "../src/shown-error.ts";
import { CesError } from "@ces/kernel";
import { advanceBoard, emptyBoard } from "../src/ui/board.ts";
import { blockerLines, nextLine, pairs, table } from "../src/view/layout.ts";
import { jsonDocument, jsonLine } from "../src/view/json-text.ts";
import { plain, span, strong } from "../src/view/line.ts";
import { painter } from "../src/view/paint.ts";
import { progressLine } from "../src/view/progress-line.ts";
import { hostile, story } from "./progress-story.ts";

// oxlint-disable-next-line no-control-regex -- that is what is looked for
const unsafe = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;
const ours = /\u001B\[[0-9]{1,2}m/g;
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constant(hostile),
  fc.string().map((s) => s + hostile),
);
const paint = painter({}, true);

const events: fc.Arbitrary<Progress> = fc
  .tuple(fc.constantFrom(...story), text)
  .map(
    ([event, foreign]) =>
      Object.fromEntries(
        Object.entries(event).map(([key, value]) => [
          key,
          [
            "note",
            "text",
            "what",
            "why",
            "label",
            "tool",
            "check_id",
            "variant",
            "severity",
            "source",
            "name",
            "unit",
          ].includes(key)
            ? foreign
            : value,
        ]),
      ) as Progress,
  );

test("the hostile corpus is seen when nothing stops it", () => {
  expect(hostile).toMatch(unsafe);
  expect(JSON.stringify(hostile)).toMatch(unsafe);
});

describe("nothing but our colours leaves", () => {
  test("in progress lines", () => {
    fc.assert(
      fc.property(events, (event) => {
        const shown = progressLine(event, emptyBoard);
        if (shown) expect(paint(shown).replace(ours, "")).not.toMatch(unsafe);
        if (shown) expect(paint(shown)).not.toContain("\n");
        advanceBoard(emptyBoard, event);
      }),
    );
  });

  test("in outcomes and errors", () => {
    fc.assert(
      fc.property(text, (foreign) => {
        const error = shownError(new CesError("A_B", foreign, { remedy: foreign }), false);
        const lines = [
          ...errorLines(error),
          ...blockerLines([{ code: foreign, text: foreign }]),
          ...nextLine(foreign),
          ...pairs([[foreign, plain`${foreign}`]]),
          ...table([foreign], [[strong`${foreign}`]]),
        ];
        for (const line of lines) expect(paint(line).replace(ours, "")).not.toMatch(/[\n]/);
        for (const line of lines) expect(paint(line).replace(ours, "")).not.toMatch(unsafe);
      }),
    );
  });

  test("in JSON, which still says the same", () => {
    fc.assert(
      fc.property(text, (foreign) => {
        const outcome = {
          exit: 3 as const,
          data: { [foreign]: foreign },
          blockers: [{ code: "A_B", text: foreign }],
          next: foreign,
        };
        const value = outcomeEnvelope(["build"], outcome);
        for (const said of [jsonDocument(value), jsonLine(value)]) {
          expect(said).not.toMatch(unsafe);
          expect(JSON.parse(said)).toEqual(JSON.parse(JSON.stringify(value)));
        }
        expect(jsonLine(value)).not.toContain("\n");
      }),
    );
  });
});

test("a pipe gets no colour, NO_COLOR and a dumb terminal neither", () => {
  const line = [span("bad", "no")];
  expect(painter({}, true)(line)).toBe("\u001B[31mno\u001B[0m");
  expect(painter({}, false)(line)).toBe("no");
  expect(painter({ NO_COLOR: "1" }, true)(line)).toBe("no");
  expect(painter({ TERM: "dumb" }, true)(line)).toBe("no");
});
