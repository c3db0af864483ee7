// An action has one spelling before any rule sees it, and where a rule may stop in it is known.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readIpv6 } from "../src/action/ip-address.ts";
import { resolveDots } from "../src/action/path-text.ts";
import { MAX_ACTION, readAction } from "../src/action/read-action.ts";
import { commandsIn } from "../src/action/commands-in.ts";
import { plainWords } from "../src/action/shell-words.ts";

const normal = (action: string): string | null => {
  const read = readAction(action);
  return "why" in read ? null : read.normal;
};

describe("files", () => {
  test.each([
    ["file:read:/workspace/../etc/shadow", "file:read:/etc/shadow"],
    ["file:read:/workspace/./a//b", "file:read:/workspace/a/b"],
    ["file:read://workspace/a", "file:read:/workspace/a"],
    ["file:read:/../../etc", "file:read:/etc"],
    ["file:READ:/a/", "file:read:/a/"],
    ["FILE:read:/a/..", "file:read:/"],
    ["file:read:a/../../b", "file:read:../b"],
    ["file:read:./README.md", "file:read:README.md"],
    ["file:read:/a:b/../c", "file:read:/c"],
    ["file:list", "file:list"],
  ])("%s is %s", (action, expected) => expect(normal(action)).toBe(expected));

  test("a control character in a path is unreadable", () => {
    expect(readAction("file:read:/tmp/a\nfile:write:/etc")).toEqual({
      why: "the action's path holds a control character",
    });
  });

  test("resolving dots twice changes nothing, and leaves no way up", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("/", ".", "..", "a", "b/") }), (path) => {
        const once = resolveDots(path);
        expect(resolveDots(once)).toBe(once);
        if (path.startsWith("/")) expect(once.split("/")).not.toContain("..");
      }),
    );
  });
});

describe("addresses", () => {
  test.each([
    ["http:GET:API.GitHub.com/x", "http:GET:api.github.com/x"],
    ["http:get:https://api.github.com/x#part", "http:GET:api.github.com/x"],
    ["http:GET:http://api.github.com@evil.com/x", "http:GET:evil.com/x"],
    ["http:GET:api.github.com.evil.com/x", "http:GET:api.github.com.evil.com/x"],
    ["http:GET:api.github.com./x", "http:GET:api.github.com/x"],
    ["http:GET:api.github.com:443/x", "http:GET:api.github.com/x"],
    ["http:GET:api.github.com:8443/x", "http:GET:api.github.com:8443/x"],
    ["http:GET:api.github.com/a/%2e%2E/b", "http:GET:api.github.com/b"],
    ["http:GET://evil.com/x", "http:GET:evil.com/x"],
    ["http:GET:///evil.com/x", "http:GET:evil.com/x"],
    ["http:GET:host?q=/../a", "http:GET:host?q=/../a"],
    ["http:GET:169.254.169.254/metadata", "http:GET:169.254.169.254/metadata"],
    ["http:GET:2852039166/metadata", "http:GET:169.254.169.254/metadata"],
    ["http:GET:0xA9FEA9FE/", "http:GET:169.254.169.254/"],
    ["http:GET:0251.0376.0251.0376/", "http:GET:169.254.169.254/"],
    ["http:GET:169.254.43518/", "http:GET:169.254.169.254/"],
    ["http:GET:[::ffff:169.254.169.254]/", "http:GET:169.254.169.254/"],
    ["http:GET:[::FFFF:A9FE:A9FE]:80/", "http:GET:169.254.169.254/"],
    ["http:GET:[64:ff9b::a9fe:a9fe]/", "http:GET:169.254.169.254/"],
    ["http:GET:[2001:0DB8:0::0:1]/", "http:GET:[2001:db8::1]/"],
    ["http:GET:[::1]:8080/", "http:GET:[::1]:8080/"],
    ["https:POST:a.b", "https:POST:a.b"],
    ["http:GET", "http:GET"],
  ])("%s is %s", (action, expected) => expect(normal(action)).toBe(expected));

  test.each([
    "http:GET:api.github.com%2eevil.com/",
    "http:GET:аpi.github.com/",
    "http:GET:api。github。com/",
    "http:GET:a b/",
    "http:GET:api.github.com\t.evil.com/",
    "http:GET:ftp://evil.com/",
    "http:GET:file:///etc/passwd",
    "http:GET:host:99999/",
    "http:GET:host:port/",
    "http:GET:1.2.3.4.5/",
    "http:GET:256.1.1.1/",
    "http:GET:09.0.0.1/",
    "http:GET:[::1/",
    "http:GET:[::g]/",
    "http:GET:a..b/",
    "http:GET:/",
    "http:GET:?x",
    "http:GET:-a.com/",
    "http:GET:https:evil.com/",
  ])("%j names no host", (action) =>
    expect(readAction(action)).toMatchObject({ why: expect.stringContaining("names no host") }),
  );

  test("the shortest form of an IPv6 address is the one of the URL standard", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 0, 1, 0xff, 0xabcd), { minLength: 8, maxLength: 8 }), (groups) => {
        const text = groups.map((group) => group.toString(16)).join(":");
        const ours = readIpv6(text);
        const theirs = new URL(`http://[${text}]/`).hostname.slice(1, -1);
        if (ours?.includes(".")) return;
        expect(ours).toBe(theirs);
      }),
    );
  });

  test("a host that both read is read alike by the URL standard", () => {
    const host = fc.string({
      unit: fc.constantFrom("a", "B", "1", "0", "x", ".", "-", "_", "F", "9"),
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(host, (text) => {
        const ours = normal(`http:GET:${text}/`);
        const theirs = URL.parse(`http://${text}/`)?.hostname;
        if (ours !== null && theirs !== undefined) expect(ours).toBe(`http:GET:${theirs.replace(/\.$/, "")}/`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("command lines", () => {
  test.each([
    ["git status", [["git", "status"]]],
    ["a=1 B=2 git status", [["git", "status"]]],
    ["ls; rm -rf /", [["ls"], ["rm", "-rf", "/"]]],
    ["ls\nrm x", [["ls"], ["rm", "x"]]],
    [
      "/bin/rm x",
      [
        ["rm", "x"],
        ["/bin/rm", "x"],
      ],
    ],
    ["r\\m x", [["rm", "x"]]],
    ["'rm' x", [["rm", "x"]]],
    [
      "sudo -n rm x",
      [
        ["sudo", "-n", "rm", "x"],
        ["rm", "x"],
      ],
    ],
    [
      "timeout 5s nice -n 10 rm x",
      [
        ["timeout", "5s", "nice", "-n", "10", "rm", "x"],
        ["nice", "-n", "10", "rm", "x"],
        ["rm", "x"],
      ],
    ],
    [
      "sh -c 'rm x'",
      [
        ["sh", "-c", "rm", "x"],
        ["rm", "x"],
      ],
    ],
    ["echo $(rm x)", [["echo"], ["rm", "x"]]],
    ["if true; then rm x; fi", [["true"], ["rm", "x"], ["fi"]]],
    ["", []],
  ])("%j holds %j", (line, expected) => expect(commandsIn(line)).toEqual(expected));

  test.each([
    ["git commit -m 'a b'", ["git", "commit", "-m", "a b"]],
    ['a "b\\"c" \'\'', ["a", 'b"c', ""]],
    ["a\\ b", ["a b"]],
    ["  a  ", ["a"]],
    ["'a", null],
    ["a\\", null],
  ])("the words of %j are %j", (line, expected) => expect(plainWords(line)).toEqual(expected));

  test("more commands than can be judged, and carriers without end, are unreadable", () => {
    expect(readAction(`shell:${"a;".repeat(300)}`)).toMatchObject({ why: expect.stringContaining("more commands") });
    expect(readAction(`shell:${"sudo ".repeat(30)}rm`)).toMatchObject({
      why: expect.stringContaining("more commands"),
    });
  });

  test("the words of a line are there only when it is one plain command", () => {
    expect([
      readAction("shell:git status"),
      readAction("shell:git status; id"),
      readAction("shell:git 'x"),
    ]).toMatchObject([{ words: "git\0status\0" }, { words: null }, { words: null }]);
  });
});

describe("any action", () => {
  test.each([
    ["file:read:/home/me/key", "file:read"],
    ["shell:git push https://token@host", "shell:git"],
    ["http:GET:a.b/?key=1", "http:GET"],
    ["deploy", "deploy"],
    ["deploy:prod", "deploy:prod"],
    ["deploy:my secret word", "deploy"],
    ["what ever", "other"],
    [":", "other"],
    ["shell:'./my script'", "shell"],
  ])("%s is named %s, never by an argument", (action, name) =>
    expect(readAction(action)).toMatchObject({ tool_name: name }),
  );

  test.each([
    ["", "is empty"],
    ["a\0b", "U+0000"],
    ["a\ud800", "half a character"],
    ["a".repeat(MAX_ACTION + 1), "longer than"],
  ])("%j is unreadable", (action, why) =>
    expect(readAction(action)).toMatchObject({ why: expect.stringContaining(why) }),
  );

  test("reading never throws, and reading the normal form again changes nothing", () => {
    const part = fc.constantFrom(
      "file:",
      "http:",
      "https:",
      "shell:",
      "read:",
      "GET:",
      "/",
      "..",
      ".",
      "a",
      "b.c",
      "[::1]",
      ":",
      " ",
      "\t",
      "\n",
      "'",
      '"',
      "\\",
      ";",
      "@",
      "%2e",
      "?",
      "#",
      "é",
      "0x7f",
      "-",
      "sudo ",
      "rm ",
      "\0",
      "\ud800",
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: part }), fc.string({ unit: "binary" })), (text) => {
        const read = readAction(text);
        if ("why" in read) return;
        const again = readAction(read.normal);
        expect(again).toMatchObject({ normal: read.normal });
        for (let index = 0; index <= read.normal.length; index += 1) read.mayEnd(index);
      }),
      { numRuns: 4000 },
    );
  });

  test("the largest actions are read in one go", () => {
    const fill = (head: string, piece: string): string => (head + piece.repeat(MAX_ACTION)).slice(0, MAX_ACTION);
    const large = [
      fill("file:read:", "../"),
      fill("file:read:/", "a/./"),
      fill("shell:", "sudo "),
      fill("shell:", "'\""),
      fill("shell:", "a;"),
    ];
    const more = [
      fill("http:GET:", "a."),
      fill("http:GET:a/", "%2e/"),
      fill("http:GET:a", "@"),
      fill("http:GET:[", ":"),
      fill("shell:", "\\"),
    ];
    for (const action of [...large, ...more]) readAction(action);
  });
});
