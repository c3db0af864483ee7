// The guard's reading against bash itself: generated words must come to the same fields, generated scripts must parse or not alike.
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "unbash";
import { HOLE } from "../src/arg.ts";
import { newRun } from "../src/evaluate/run.ts";
import { newShell } from "../src/evaluate/shell.ts";
import { runSimple } from "../src/evaluate/simple-command.ts";
import { makeWalker } from "../src/evaluate/make-walker.ts";
import { preScan } from "../src/prescan.ts";
import { expandWord } from "../src/evaluate/expand-word.ts";
import { noFacts } from "../src/index.ts";
import { exampleSetting } from "../src/prove-profile.ts";

/** Variables that both sides have. */
const preamble = "a=su; b='x y'; c=; n=3; arr=(one 'two three' four); set -- p1 'p 2' p3;";
const rounds = Number(process.env["CES_DIFFERENTIAL"] ?? 1500);

const letter = fc.constantFrom("a", "b", "r", "m", "-", "/", ".", "1", "_", "é");
const plain = fc.array(letter, { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
const piece = fc.oneof(
  { weight: 4, arbitrary: plain },
  plain.map((text) => `'${text} ${text}'`),
  plain.map((text) => `"${text} ${text}"`),
  fc.constantFrom("\\a", "\\ ", "\\$", '\\"', "\\'", "\\\\", "\\\n"),
  fc.constantFrom("$'\\x61'", "$'\\141b'", "$'\\u0062'", "$'a\\tb'", "$'\\'q'", '$"loc"', "$'\\cA'"),
  fc.constantFrom(
    "$a",
    "${a}",
    '"$b"',
    "$b",
    "${c}",
    '"$c"',
    "${a:-d}",
    "${c:-d}",
    "${c-d}",
    "${a:+alt}",
    "${c:+alt}",
    "${#a}",
    "${#b}",
    "${b#x}",
    "${b%y}",
    "${b##* }",
    "${b%% *}",
    "${b/x/z}",
    "${b//[xy]/q}",
    "${a:0:1}",
    "${b:1}",
    "${a^^}",
    "${a^}",
    "${b,,}",
  ),
  fc.constantFrom(
    '"${arr[@]}"',
    "${arr[*]}",
    '"${arr[*]}"',
    "${arr[1]}",
    '"${arr[1]}"',
    "${#arr[@]}",
    '"$@"',
    "$*",
    '"$*"',
    "$1",
    '"$2"',
    "$#",
  ),
  fc.constantFrom("$((1+2))", "$((n*2))", "$((0x10))"),
  fc.constantFrom("{x,y}", "{1..3}", "{a..c}", "{x,{y,z}}", "{,z}", "{single}", "{}", "{a,b", "{01..03}", "{3..1}"),
  fc.constantFrom("$(echo hi)", '"$(echo a b)"', "$(printf '%s' q)", "`echo t`", "$(echo one two)"),
);
const word = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));

/** What bash makes of each word; null where it reports an error. */
function bashFields(words: readonly string[]): (readonly string[] | null)[] {
  const script = words
    .map((one) => `( set -f; ${preamble} { printf '%s\\0' ${one}; } 2>/dev/null; printf '\\036' ); `)
    .join("\n");
  const { stdout } = spawnSync("bash", ["-s"], {
    input: script,
    encoding: "utf8",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" },
    maxBuffer: 64e6,
  });
  return stdout
    .split("\u001e")
    .slice(0, -1)
    .map((all) => all.split("\0").slice(0, -1));
}

function ourFields(source: string): readonly string[] | null {
  const text = `${preamble} : ${source}`;
  if (preScan(text).kind !== "clean") return null;
  const script = parse(text);
  if ((script.errors?.length ?? 0) > 0) return null;
  const walk = makeWalker(newRun(exampleSetting, noFacts, false));
  const shell = newShell(text, "/home/dev/project");
  for (const statement of script.commands.slice(0, -1))
    if (statement.command.type === "Command") runSimple(walk, shell, statement.command);
  const last = script.commands.at(-1)?.command;
  if (last?.type !== "Command") return null;
  return last.suffix.flatMap((node) =>
    node.type === "Word" ? expandWord(walk, shell, node).map((arg) => arg.text) : [],
  );
}

describe("words", () => {
  test("a word comes to the fields that bash gives it, or is known to be unknown", () => {
    const words = fc.sample(word, { numRuns: rounds, seed: 42 }).filter((one) => !/\{a,b(?!.*\})/.test(one));
    const theirs = bashFields(words);
    expect(theirs.length).toBe(words.length);
    const wrong = words.flatMap((source, index) => {
      const ours = ourFields(source);
      const bash = theirs[index];
      // `printf` without words prints one empty field.
      const same = JSON.stringify(ours?.length === 0 ? [""] : ours) === JSON.stringify(bash);
      const unknown = ours === null || ours.some((text) => text.includes(HOLE));
      return same || unknown ? [] : [{ source, ours, bash }];
    });
    expect(wrong).toEqual([]);
  });

  test("little of it is unknown", () => {
    const words = fc.sample(word, { numRuns: 200, seed: 7 });
    const unknown = words.filter((one) => ourFields(one)?.some((text) => text.includes(HOLE)) === true);
    expect(unknown.length).toBeLessThan(words.length / 4);
  });
});

const command = fc.constantFrom(
  "a",
  "b x",
  'c "d e"',
  "x=1",
  "e > f",
  "g < h",
  "i 2>&1",
  "j <<< k",
  "( l )",
  "{ m; }",
  "if n; then o; fi",
  "for p in q; do r; done",
  "while s; do t; break; done",
  "case u in v) w;; esac",
  "fn() { y; }",
  "[[ -f z ]]",
  "(( 1 ))",
  "! aa",
  "if",
  "then",
  "fi",
  "done",
  "}",
  ")",
  "esac",
  "do",
);
const glue = fc.constantFrom("; ", " && ", " || ", " | ", "\n", " & ", " ", ";; ", " |& ");
const script = fc
  .array(fc.tuple(command, glue), { minLength: 1, maxLength: 5 })
  .map((all) => all.map(([text, join]) => text + join).join(""));

describe("scripts", () => {
  test("what bash refuses to read is refused, and what it reads is read", () => {
    const scripts = fc.sample(script, { numRuns: Math.min(rounds, 250), seed: 11 });
    const wrong = scripts.flatMap((text) => {
      const bash = spawnSync("bash", ["-n", "-c", text], { encoding: "utf8" }).status === 0;
      const ours = (parse(text).errors?.length ?? 0) === 0;
      // SECURITY: reading what bash refuses is harmless; refusing what bash reads is only strict. Both are reported.
      return bash === ours ? [] : [{ text, bash, ours }];
    });
    expect(wrong).toEqual([]);
  });
});
