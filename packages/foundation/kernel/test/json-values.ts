// Arbitrary JSON for the property tests: hostile names, hostile texts, every kind of number, nesting.

import * as fc from "fast-check";
import type { Json } from "../src/json.ts";

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "__proto__", "constructor", "toString", "1", "10", "\u2028", "😀", "\u0000", '"\\/'),
);

const numbers = fc
  .oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer(), fc.maxSafeInteger())
  .filter(Number.isFinite);

/** Any JSON value, at most a few levels deep. */
export const jsonValues: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    numbers,
    texts,
    fc.array(tie("json"), { maxLength: 5 }),
    fc.array(fc.tuple(texts, tie("json")), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
})).json;
