// What two programs would take for two things is neither: each of these was a way around somebody's filter.
import { describe, expect, test } from "vitest";
import { readAction } from "../src/action/read-action.ts";

const normal = (action: string): string => {
  const read = readAction(action);
  return "why" in read ? read.why : read.normal;
};

describe("addresses", () => {
  // Browsers, curl and the libraries of older languages disagree about the host.
  test.each([
    "api.github.com\\@evil.com",
    "http://api.github.com\\@evil.com/",
    "http:\\\\evil.com/x",
    "/\\evil.com",
    "\\\\evil.com",
    "evil.com\\api.github.com",
    "evil.com\\@api.github.com/x",
    "api.github.com#@evil.com",
    "api.github.com?@evil.com/",
    "http://api.github.com#@evil.com/",
    "a@b@api.github.com",
    "http://a:b@c@api.github.com/",
  ])("%s has no host", (url) => {
    expect(normal(`http:GET:${url}`)).toBe("the action's address names no host that every client would read alike");
  });

  test.each([
    ["api.github.com/a@b", "http:GET:api.github.com/a@b"],
    ["api.github.com/?q=@b", "http:GET:api.github.com/?q=@b"],
    ["api.github.com?q=b", "http:GET:api.github.com?q=b"],
    ["api.github.com/a\\b", "http:GET:api.github.com/a/b"],
    ["user@api.github.com/", "http:GET:api.github.com/"],
  ])("%s has one", (url, expected) => expect(normal(`http:GET:${url}`)).toBe(expected));
});

describe("paths", () => {
  test.each(["/workspace/..\\..\\etc/x", "/tmp\\..\\etc\\x", "/a\\.", "/a\\./b", "\\a\\..\\b", "/a/\\b"])(
    "%s is two paths",
    (path) => {
      expect(normal(`file:write:${path}`)).toBe("the action's path is another one where a backslash separates folders");
    },
  );

  test("a backslash in a name changes nothing where nothing is resolved by it", () => {
    expect(readAction("file:write:/tmp\\etc\\x")).toMatchObject({
      normal: "file:write:/tmp\\etc\\x",
      readings: ["file:write:/tmp/etc/x"],
    });
  });
});
