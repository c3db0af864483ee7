// The YAML reader: what the reference's loader answered for 300 generated documents, and what an attacker would send.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readYaml } from "../src/yaml/read-yaml.ts";

type Recorded = { readonly yaml: string; readonly ok?: unknown; readonly refused?: true };
const { rows }: { readonly rows: readonly Recorded[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/pyyaml.json"), "utf8"),
);

/** Of YAML 1.1 on purpose; a policy needs none of it. */
const LEFT_OUT = /an anchor|an alias|a tag|an escape is not known/;

describe("beside PyYAML", () => {
  test("reads what it reads, as the same value, and refuses what it refuses", () => {
    const different = rows.filter((row) => {
      const read = readYaml(row.yaml, 32);
      if (read.kind === "refused") return row.refused !== true && !isOdd(row.ok) && !LEFT_OUT.test(read.text);
      return row.refused === true || JSON.stringify(plain(row.ok)) !== JSON.stringify(read.value);
    });
    expect(different).toEqual([]);
    expect(rows.filter(({ refused }) => refused !== true).length).toBeGreaterThan(200);
  });
});

function isOdd(value: unknown): boolean {
  return JSON.stringify(value).includes('"$":') || JSON.stringify(value).includes('"$k"');
}

function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if ("$f" in value) return Number(value.$f);
  if (!("$m" in value) || !Array.isArray(value.$m)) return value;
  return Object.fromEntries(value.$m.map(([name, member]: [string, unknown]) => [name, plain(member)]));
}

const valueOf = (text: string): unknown => {
  const read = readYaml(text, 32);
  return read.kind === "read" ? read.value : `${read.code}: ${read.text}`;
};

test.each([
  ["a: 1\n", { a: 1 }],
  ["a: [x, 'y', \"z\"] # c\n", { a: ["x", "y", "z"] }],
  ["a:\n- 1\n- b: 2\n  c: 3\n- - 4\n  - 5\n", { a: [1, { b: 2, c: 3 }, [4, 5]] }],
  ['{"a": {"b": [true, null]}}', { a: { b: [true, null] } }],
  ["---\na: x\n...\n", { a: "x" }],
  ["--- {a: x}\n", { a: "x" }],
  ["# only a comment\n", null],
  [
    "a: yes\nb: 1:30\nc: 036\nd: 3_0\ne: 0x1F\nf: 0b11\ng: ~\nh: y\n",
    { a: true, b: 90, c: 30, d: 30, e: 31, f: 3, g: null, h: "y" },
  ],
  ["a: [1,\n  2, # two\n  3]\n", { a: [1, 2, 3] }],
  ["a: 'it''s'\nb: \"\\x41\\u00e9\\U0001F600\\n\"\n", { a: "it's", b: "Aé😀\n" }],
  ["\ufeffa: 1", { a: 1 }],
  ["a: b\n  c\n\n  d\nb: [x\n y, z]\n", { a: "b c\nd", b: ["x y", "z"] }],
  ["a: 1\n  2\nb:\n  3\n  4\n", { a: "1 2", b: "3 4" }],
  ["a: 'b \n\n  c'\nb: \"d\\\n  e \\\n  f\"\n", { a: "b\nc", b: "de f" }],
  ["a: |\n  x\n   y\n\nb: >\n  x\n  y\n\n  z\n", { a: "x\n y\n", b: "x y\nz\n" }],
  ["a: |-\n  x\nb: |+\n  x\n\nc: >2-\n    x\n", { a: "x", b: "x\n\n", c: "  x" }],
  ["- |\n  git\n- >-\n  a\n  b\n", ["git\n", "a b"]],
])("%j", (text, value) => expect(valueOf(text)).toEqual(value));

test.each([
  ["a: 1\na: 2\n", "DUPLICATE_KEY: duplicate key `a` (line 2)"],
  ["a: {b: 1, 'b': 2}\n", "DUPLICATE_KEY: duplicate key `b` (line 1)"],
  ["a: &x 1\n", "INVALID_YAML: an anchor is not taken (line 1)"],
  ["a: *x\n", "INVALID_YAML: an alias is not taken (line 1)"],
  ["a: !!str 1\n", "INVALID_YAML: a tag is not taken (line 1)"],
  ["a: |x\n  y\n", "INVALID_YAML: the head of a block text is not known (line 1)"],
  ["<<: {a: 1}\n", "INVALID_YAML: the key `<<` is a merge (line 1)"],
  ["? [a]\n: 1\n", "INVALID_YAML: a complex key is not taken (line 1)"],
  ["%YAML 1.2\n---\na: 1\n", "INVALID_YAML: a directive is not taken (line 1)"],
  ["a: 1\n---\nb: 2\n", "INVALID_YAML: more stands behind the document, or a line is not where it belongs (line 2)"],
  ["yes: 1\n", "SCHEMA: the key `yes` is no text (line 1)"],
  ["a: 2026-01-01\n", "SCHEMA: `2026-01-01` is a date; quote it if a text is meant (line 1)"],
  ["a: x\n\tb: 1\n", "INVALID_YAML: a tab stands where only spaces may (line 2)"],
  ["a: x\u2028y\n", "INVALID_YAML: it holds a character that YAML does not allow (line 1)"],
  ["a: 'b\n  c\n", "INVALID_YAML: a quoted text does not end (line 4)"],
  ["a: 'b\n---\n'\n", "INVALID_YAML: a document ends inside a quoted text (line 2)"],
  ["a: b\nc\n", "INVALID_YAML: `key: value` is expected (line 2)"],
  ["a: b # c\n  d\n", "INVALID_YAML: more stands behind the document, or a line is not where it belongs (line 2)"],
  ["a: b\n  c: d\n", "INVALID_YAML: more stands behind a value (line 2)"],
  ["a: {b\n  c: d}\n", "INVALID_YAML: a key does not end in its line (line 2)"],
  ["--- a: x\n", "INVALID_YAML: `---` must stand alone in its line (line 1)"],
  ["...\n", "INVALID_YAML: a document ends that did not start (line 1)"],
  // What is no YAML comes before what is no policy.
  ["a: 2026-01-01\na: 1\n", "DUPLICATE_KEY: duplicate key `a` (line 2)"],
  ["a: 2026-01-01\nb: [\n", "INVALID_YAML: a bracket is not closed (line 4)"],
  ["x: {1: a, 0x1: b}\n", "DUPLICATE_KEY: duplicate key `1` (line 1)"],
  ["x: {yes: a, true: b}\n", "DUPLICATE_KEY: duplicate key `1` (line 1)"],
])("refuses %j", (text, why) => expect(valueOf(text)).toBe(why));

test("takes `__proto__` as a name like any other", () => {
  const value = valueOf("__proto__: {a: 1}\n");
  expect(Object.keys(Object(value))).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test("half a megabyte of anything is answered, and deep nesting is refused before the stack is", () => {
  for (const bad of ["[", "{a: ", "- ", "? ", "'", '"\\', " ", "\n", "#", "a:", "x #", "- [", "!", "&a "]) {
    expect(readYaml(bad.repeat(500_000 / bad.length), 32).kind).toMatch(/read|refused/);
  }
  expect(valueOf("[".repeat(200_000))).toBe("TOO_DEEP: it nests too deeply (line 1)");
  expect(valueOf(`x${" ".repeat(400_000)}y`)).toHaveLength(400_002);
});

test("never throws, whatever the text", () => {
  const piece = fc.constantFrom(
    "a",
    "- ",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "#",
    "&",
    "*",
    "!",
    "|",
    "?",
    "\t",
    "1",
    "---",
    "\\",
    "😀",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 60 }).map((parts) => parts.join("")),
      ),
      (text) => {
        expect(["read", "refused"]).toContain(readYaml(text, 8).kind);
      },
    ),
    { numRuns: 2000 },
  );
});
