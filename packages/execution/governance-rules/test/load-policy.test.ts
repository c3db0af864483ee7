// A policy is right as a whole or not used: every problem with file and line, and no file that makes the reader slow or deep.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCesError, nobleCrypto } from "@ces/kernel";
import { policyDigest } from "@ces/receipts";
import { loadedPolicy, loadPolicy, type PolicyLoad } from "../src/load/load-policy.ts";
import { readRules } from "../src/load/read-rules.ts";
import { file, fileOf, names, policy } from "./policies.ts";

const load = (...texts: readonly string[]): PolicyLoad =>
  loadPolicy(
    texts.map((text, i) => file(`${i}.yaml`, text)),
    nobleCrypto,
  );
const problems = (text: string): readonly string[] => {
  const loaded = load(text);
  return loaded.kind === "refused" ? loaded.problems.map(({ line, text: why }) => `${line}: ${why}`) : [];
};
const rule = (lines: string): string => `apiVersion: governance.toolkit/v1\nrules:\n  - name: a\n${lines}`;
const condition = "    condition: {operator: equals, value: x}\n";

const good = `# a comment
apiVersion: governance.toolkit/v1
rules:
  - name: allow-read
    condition:
      field: action
      operator: starts_with
      value: "file:read"
    action: allow
    priority: 90
  - name: "block"
    condition: { operator: in, value: [a, 1, true] }
    message: >-
      Two lines
      become one
`;

describe("a policy file", () => {
  test("is read with its defaults", () => {
    const loaded = loadedPolicy(load(good));
    expect(loaded.book.rules).toEqual([
      {
        name: "allow-read",
        condition: { field: "action", operator: "starts_with", value: "file:read" },
        action: "allow",
        priority: 90,
        message: null,
        place: { file: "0.yaml", line: 4 },
      },
      {
        name: "block",
        condition: { field: "action", operator: "in", value: ["a", 1, true] },
        action: "deny",
        priority: 0,
        message: "Two lines become one",
        place: { file: "0.yaml", line: 11 },
      },
    ]);
  });

  test.each([
    ["a list at the top", "- a\n", ["1: a policy file is no mapping", "1: `rules` is missing"]],
    ["no rules", "apiVersion: governance.toolkit/v1\n", ["1: `rules` is missing"]],
    [
      "another version",
      "apiVersion: governance.toolkit/v9\nrules: []\n",
      ["1: apiVersion is not `governance.toolkit/v1`"],
    ],
    ["a strange member", "rules: []\nrule: []\n", ["2: a policy file has no member `rule`: apiVersion, rules"]],
    ["rules that are no list", "rules:\n  a: 1\n", ["1: `rules` is no list"]],
    ["a rule that is a word", "rules:\n  - a\n", ["2: a rule is no mapping", "2: `condition` is missing"]],
    ["no condition", rule("    action: deny\n"), ["3: `condition` is missing"]],
    [
      "a misspelt priority",
      rule(`${condition}    prioritty: 9\n`),
      ["5: a rule has no member `prioritty`: name, condition, action, priority, message"],
    ],
    [
      "a misspelt operator",
      rule("    condition: {operator: startswith, value: x}\n"),
      [expect.stringMatching(/^4: `startswith` is no operator: equals, in, /)],
    ],
    [
      "an inherited operator",
      rule("    condition: {operator: toString, value: x}\n"),
      [expect.stringMatching(/^4: `toString` is no operator/)],
    ],
    [
      "a misspelt action",
      rule(`${condition}    action: Allow\n`),
      ["5: `Allow` is no action: allow, deny, require_approval, rate_limit"],
    ],
    ["half a priority", rule(`${condition}    priority: 1.5\n`), ["5: `priority` is no whole number"]],
    ["a priority in words", rule(`${condition}    priority: high\n`), ["5: `priority` is no whole number"]],
    ["no value", rule("    condition:\n      operator: equals\n"), ["4: `value` is missing"]],
    [
      "an empty value",
      rule("    condition:\n      value:\n"),
      ["5: `value` holds something that is neither text, number nor truth value"],
    ],
    [
      "a value of maps",
      rule("    condition: {value: [{a: 1}]}\n"),
      ["4: `value` holds something that is neither text, number nor truth value"],
    ],
    ["an empty list", rule("    condition: {operator: in, value: []}\n"), ["4: `value` is an empty list"]],
    ["a number for a prefix", rule("    condition: {operator: starts_with, value: 1}\n"), ["4: `value` is no text"]],
    [
      "a broken pattern",
      rule("    condition:\n      operator: matches\n      value: 'shell:('\n"),
      ["6: the pattern has an unclosed group (character 7)"],
    ],
    [
      "a relative path",
      rule("    condition: {operator: path_under, value: workspace}\n"),
      ["4: `workspace` is no absolute path"],
    ],
    [
      "a path that climbs to the root",
      rule("    condition: {operator: path_under, value: /a/..}\n"),
      ["4: `/a/..` is no absolute path"],
    ],
    [
      "a URL for a host",
      rule("    condition: {operator: host_is, value: 'https://a.b/'}\n"),
      [expect.stringMatching(/^4: `https:\/\/a.b\/` is no host name/)],
    ],
    [
      "a command with arguments",
      rule("    condition: {operator: command_is, value: rm -rf}\n"),
      ["4: `rm -rf` is no plain program name"],
    ],
    [
      "a word pattern with a border",
      rule("    condition: {operator: argv_matches, value: [git, '^a']}\n"),
      ["4: `argv_matches` matches whole words: leave out `^` and `$`"],
    ],
    [
      "no pattern for the program",
      rule("    condition: {operator: argv_matches, value: ['...']}\n"),
      ["4: `argv_matches` needs a pattern for the program"],
    ],
    [
      "a limit on the action",
      rule("    condition: {operator: at_least, value: 1}\n"),
      ["4: `at_least` cannot be asked about `action`"],
    ],
    [
      "a tool of another kind",
      rule("    condition: {field: 'action:shell', operator: path_under, value: /a}\n"),
      ["4: `path_under` cannot be asked about `action:shell`"],
    ],
    [
      "a tool that is none",
      rule("    condition: {field: 'action:ftp', operator: path_under, value: /a}\n"),
      [expect.stringMatching(/^4: after `action:` stands/)],
    ],
    ["an empty name", "rules:\n  - {name: '', condition: {value: a}}\n", ["2: `name` is empty"]],
    ["a name that is a number", "rules:\n  - {name: 1, condition: {value: a}}\n", ["2: `name` is no text"]],
    [
      "an endless message",
      rule(`${condition}    message: ${"x".repeat(1001)}\n`),
      ["5: `message` is longer than 1000 characters"],
    ],
    ["a member twice", "rules: []\nrules: []\n", ["2: `rules` stands here twice"]],
    ["an anchor", "rules: &a []\n", ["1: anchors are not read here"]],
    ["an alias", "rules:\n  - *a\n", ["2: aliases are not read here"]],
    ["a tag", "rules: !!python/object []\n", ["1: tags are not read here"]],
    ["a directive", "%YAML 1.1\n---\nrules: []\n", ["1: directives are not read here"]],
    ["two documents", "rules: []\n---\nrules: []\n", ["2: the file holds a second document"]],
    ["no YAML", "rules: [\n", [expect.stringMatching(/^2: /)]],
    ["a key that is a list", "[a]: 1\n", ["1: a member's name is no text"]],
    [
      "an infinite number",
      rule("    condition: {value: .inf}\n"),
      [expect.stringMatching(/^4: a number is not finite/)],
    ],
    ["deep brackets", `rules: ${"[".repeat(20)}\n`, ["1: the file nests too deeply"]],
    ["deep lists", `rules: ${"- ".repeat(20)}\n`, ["1: the file nests too deeply"]],
    ["deep indentation", `a:\n${" ".repeat(300)}b: 1\n`, ["2: the file nests too deeply"]],
  ])("with %s is refused", (_, text, expected) => expect(problems(text)).toEqual(expected));

  test("every problem is told, of every file, with its file", () => {
    const loaded = load(
      rule("    action: deny\n"),
      "rules:\n  - {name: b, condition: {operator: x, value: y}, action: z}\n",
    );
    expect(loaded).toMatchObject({
      kind: "refused",
      problems: [
        { file: "0.yaml", line: 3 },
        { file: "1.yaml", line: 2 },
        { file: "1.yaml", line: 2 },
      ].slice(0, 2),
    });
  });

  test("an error says the first problem and how many more there are", () => {
    const thrown = () => loadedPolicy(load("rulez: []\n"));
    expect(thrown).toThrow(expect.objectContaining({ code: "POLICY_INVALID" }));
    expect(thrown).toThrow("0.yaml:1: a policy file has no member `rulez`: apiVersion, rules (and 1 more)");
  });

  test("an empty file and one of comments hold no rules", () => {
    expect(loadedPolicy(load("", "# nothing\n", "---\n", "null\n")).book.rules).toEqual([]);
  });

  test("bytes that are no UTF-8, and too many of them, are refused", () => {
    const of = (bytes: Uint8Array) => readRules({ name: "a.yaml", bytes });
    expect(of(new Uint8Array([0x72, 0xff]))).toMatchObject({ problems: [{ text: "the file is not UTF-8" }] });
    expect(of(new Uint8Array(257 * 1024).fill(35))).toMatchObject({
      problems: [{ text: expect.stringContaining("larger than") }],
    });
  });

  test("a file that would take long is ended early", () => {
    const size = 60_000;
    const fill = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
    for (const piece of [
      "[",
      "[\n",
      "&a ",
      "!a ",
      "*a ",
      '"',
      '"\n',
      "'",
      "- ",
      "? ",
      "{a: ",
      "a: b: ",
      "---\n",
      "%A\n",
      "|\n",
      "#\n",
      "\\",
      "a:\n",
      "- a\n",
    ])
      load(fill(piece));
    const members = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n");
    expect(load(members)).toMatchObject({ kind: "refused" });
  });
});

describe("files together", () => {
  test("are asked in the order of their names, both endings, others left alone", () => {
    const loaded = loadPolicy(
      [fileOf([named("b")], "20.yaml"), fileOf([named("c")], "README.md"), fileOf([named("a")], "10.yml")],
      nobleCrypto,
    );
    expect(names(loadedPolicy(loaded).book.rules)).toEqual(["a", "b"]);
  });

  test("a rule without a name is named after its file", () => {
    expect(
      names(
        loadedPolicy(loadPolicy([fileOf([{ condition: { value: "a" } }], "block-all.yaml")], nobleCrypto)).book.rules,
      ),
    ).toEqual(["block-all"]);
  });

  test("a name stands once, also as receipts write it, and so does a file", () => {
    const twice = loadPolicy([fileOf([named("a b")], "1.yaml"), fileOf([named("a_b")], "2.yaml")], nobleCrypto);
    expect(twice).toMatchObject({ problems: [{ file: "2.yaml", text: "`a_b` names a rule already (1.yaml:1)" }] });
    const again = loadPolicy([fileOf([], "1.yaml"), fileOf([], "1.yaml")], nobleCrypto);
    expect(again).toMatchObject({ problems: [{ text: "the policy holds a file of this name twice" }] });
  });

  test("a higher priority is asked first, equals as they stand", () => {
    const all = [named("a", 1), named("b", 5), named("c", 1), named("d", 5), named("e", -1)];
    expect(names(policy(...all).book.rules)).toEqual(["b", "d", "a", "c", "e"]);
  });

  test("the digest is that of anyone who has the files, changes with the text of a message, and not with the order they came in", () => {
    const files = [fileOf([named("a")], "1.yaml"), fileOf([{ ...named("b"), message: "no" }], "2.yaml")];
    const read = loadedPolicy(loadPolicy(files, nobleCrypto)).digest;
    const theirs = policyDigest("governance.toolkit/v1", files, nobleCrypto);
    expect(theirs).toMatchObject({ digest: read });
    expect(loadedPolicy(loadPolicy(files.toReversed(), nobleCrypto)).digest).toBe(read);
    const other = [fileOf([named("a")], "1.yaml"), fileOf([{ ...named("b"), message: "No" }], "2.yaml")];
    expect(loadedPolicy(loadPolicy(other, nobleCrypto)).digest).not.toBe(read);
  });

  test("a rule that is too large alone is named", () => {
    const large = { name: "l", condition: { operator: "matches", value: "((a{1,90}){1,90}){1,90}" }, action: "deny" };
    expect(loadPolicy([fileOf([named("a"), large])], nobleCrypto)).toMatchObject({
      problems: [{ file: "p.yaml", text: "the pattern repeats too much to be matched in bounded time" }],
    });
  });
});

describe("any bytes", () => {
  const word = fc.constantFrom(
    "rules:",
    "\n",
    "  ",
    "- ",
    "name: ",
    "condition: ",
    "operator: ",
    "value: ",
    "matches",
    "path_under",
    "/a",
    "action: ",
    "allow",
    "priority: ",
    "1",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    ":",
    "&a",
    "*a",
    "!x",
    "|",
    ">",
    "#",
    "\t",
    "a",
    "é",
    "\0",
    "---",
    "...",
    "%",
    "? ",
    ", ",
  );
  test("are a policy or problems with lines that exist, never a throw", () => {
    const bytes = fc.oneof(
      fc.string({ unit: word, maxLength: 60 }).map((text) => file("f.yaml", text)),
      fc.uint8Array({ maxLength: 80 }).map((raw) => ({ name: "f.yaml", bytes: raw })),
    );
    fc.assert(
      fc.property(bytes, (one) => {
        const read = readRules(one);
        if (read.kind === "rules") return;
        const lines = new TextDecoder().decode(one.bytes).split("\n").length;
        for (const { line } of read.problems) expect(line >= 1 && line <= lines + 1).toBe(true);
        expect(read.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  test("a good policy with some characters changed is a policy or problems", () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string({ unit: "binary", maxLength: 3 }), fc.nat(4), (at, put, cut) => {
        try {
          loadedPolicy(load(good.slice(0, at) + put + good.slice(at + cut)));
        } catch (error) {
          if (!isCesError(error, "POLICY_INVALID")) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function named(name: string, priority = 0): object {
  return { name, condition: { operator: "equals", value: name }, action: "deny", priority };
}
