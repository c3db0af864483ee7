// The secret scan: what it finds, what it leaves alone, that it never repeats a secret, and that no input makes it slow.
import { secretPatterns, utf8Encode } from "@ces/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeFacts, fileFacts, runSensors, sensors, type FileFacts } from "../src/index.ts";
import { sensor } from "../src/sensors/secret-scan.ts";

const scan = (...files: FileFacts[]) => runSensors([sensor], changeFacts(files))[0];
const severities = (path: string, after: string, before: string | null = null) =>
  scan(fileFacts(path, before, after))?.findings.map(({ severity }) => severity);

describe("known formats are critical, wherever they stand", () => {
  test.each(secretPatterns.map(({ id, example }) => [id, example] as const))("%s", (_id, example) => {
    for (const path of ["src/a.js", "test/a.test.js", "README.md", "data.bin"])
      expect(severities(path, `before\n${example}\nafter\n`)?.[0]).toBe("critical");
  });
  test("also in UTF-16 and among bytes that are no text", () => {
    const key = `sk-ant-api03-${"a1B2".repeat(6)}`;
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...key].flatMap((char) => [char.charCodeAt(0), 0])]);
    const binary = Uint8Array.from([0x80, 0xff, 0x00, 0x0a, ...utf8Encode(key), 0x0a, 0x81]);
    for (const after of [utf16, utf16.subarray(2), binary])
      expect(scan({ path: "x.bin", change: "added", before: null, after, mode: "100644" })?.findings[0]?.severity).toBe(
        "critical",
      );
  });
  test("a key block over several added lines is one finding at its first line", () => {
    const found = scan(
      fileFacts(
        "a.txt",
        "one\ntwo\n",
        `one\ntwo\n-----BEGIN ${"PRIVATE"} KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ${"PRIVATE"} KEY-----\n`,
      ),
    )?.findings;
    expect(found?.map(({ line, severity }) => [line, severity])).toEqual([[3, "critical"]]);
  });
});

describe("assignments", () => {
  test.each([
    ["src/db.js", 'const password = "9fJ2kLq8Zx"', ["high"]],
    ["config/app.yaml", "api_key: 9fJ2kLq8Zx7", ["high"]],
    ["test/login.test.js", 'const password = "9fJ2kLq8Zx"', ["low"]],
    ["docs/setup.md", 'password = "9fJ2kLq8Zx"', ["low"]],
    ["src/validate.js", "const errors = { password: 'must be at least 8 characters' }", ["low"]],
    ["src/db.js", 'const password = "x"', []],
    ["src/db.js", 'const password = "changeme"', []],
    ["src/db.js", 'const password = "your-password-here"', []],
    ["src/db.js", "const password = process.env.PASSWORD", []],
    ["src/db.js", "const password = form.fields.password", []],
    ["src/zoo.js", "monkey=banana", []],
    [".env", "monkey=banana", []],
    ["src/zoo.js", 'const keyboard = "qwertzuiopasdf"', []],
  ])("%s: %s", (path, line, expected) => expect(severities(path, `${line}\n`)).toEqual(expected));
});

describe("random-looking texts", () => {
  const random = "q7Rz0KpX4vT9mB2wLs8Yd3NcHf6Gj1Ua5Ee";
  test("are a hint", () => expect(severities("src/a.js", `const seed = "${random}"\n`)).toEqual(["medium"]));
  test("count little in tests, and nothing in lockfiles, digests and images", () => {
    expect(severities("test/a.test.js", `const seed = "${random}"\n`)).toEqual(["low"]);
    expect(severities("package-lock.json", `"integrity": "${random}"\n`)).toEqual([]);
    expect(severities("src/a.js", `const digest = "sha512-${random}=="\n`)).toEqual([]);
    expect(severities("src/logo.svg", `${random}\n`)).toEqual([]);
  });
  test("are not words, hashes or paths", () => {
    for (const text of [
      "aVeryLongCamelCaseIdentifierThatSomebodyLikes1",
      "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204",
      "packages/harness/sensors/src/sensors/Secret1Scan",
    ])
      expect(severities("src/a.js", `const x = "${text}"\n`)).toEqual([]);
  });
});

test("only added lines count", () => {
  const line = `const key = "sk-ant-api03-${"a1B2".repeat(6)}"\n`;
  expect(severities("a.js", `${line}x\n`, line)).toEqual([]);
  expect(severities("a.js", `${line}${line}`, line)).toEqual(["critical"]);
  expect(scan(fileFacts("a.js", line, null))?.findings).toEqual([]);
});

test("the secret itself is nowhere in the observation", () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  expect(JSON.stringify(scan(fileFacts("a.js", null, `x = "${secret}"\n`)))).not.toContain("a1B2");
});

describe("linear time, without a limit to run into: many megabytes of what tempts a pattern, on one line or on as many as fit", () => {
  const units = [
    "a",
    "A1b2",
    'password="',
    "password=",
    "-----BEGIN PRIVATE KEY-----",
    "eyJaaaaaaaa.",
    "://a:",
    '\\"',
    "sk-",
    "Bearer ",
    "=",
    "token:[",
    "\u{1f600}",
    "_password",
    "\n",
    "a\n",
    "\r",
    "\u2028",
    "test.skip(assert",
  ];
  test.each(units.map((unit, index) => [JSON.stringify(unit), unit, index < 3 ? 10 : 2] as const))(
    "%s",
    (_name, unit, megabytes) => {
      const text = unit.repeat(Math.floor((megabytes * 1024 * 1024) / unit.length));
      const file = fileFacts("test/a.test.txt", null, text);
      for (const seen of runSensors(sensors, changeFacts([file]))) expect(seen.outcome).toMatch(/passed|failed/);
    },
  );
});

test("law: the scan is total and finds a planted key in any surroundings of words", () => {
  const words = fc.array(
    fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[^a-z \n]/g, "")),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(words, words, (before, after) => {
      const text = `${before.join("\n")}\nkey ghp_${"a1B2".repeat(9)} end\n${after.join("\n")}`;
      expect(scan(fileFacts("a.txt", null, text))?.outcome).toBe("failed");
    }),
  );
});
