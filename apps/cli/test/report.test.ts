// What leaves the machine in a report.
import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownText } from "../src/report/markdown.ts";
import { textWithoutHomes, withoutHomes } from "../src/report/without-homes.ts";

test.each([
  ["/home/ann/shop/x.js", "~/shop/x.js"],
  ["/Users/ann/shop", "~/shop"],
  ["/root/shop and /root", "~/shop and ~"],
  ["/rootless/x", "/rootless/x"],
  ["C:\\Users\\ann\\shop", "~\\shop"],
  ["see (/home/ann), then", "see (~), then"],
])("%s leaves as %s", (text, expected) => {
  expect(textWithoutHomes(text)).toBe(expected);
  expect(withoutHomes({ [text]: [text] })).toEqual({ [expected]: [expected] });
});

test("foreign text in Markdown is never markup", () => {
  expect(markdownText("<script>x</script>")).not.toMatch(/[<>]/);
  expect(markdownText("[click](javascript:alert(1))")).toBe("\\[click\\](javascript:alert(1))");
  expect(markdownText("- item")).toBe("&#8203;- item");
  expect(markdownText("see https://evil.test and src/a-b.js: fine")).toBe(
    "see https&#58;//evil.test and src/a-b.js: fine",
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(markdownText(text)).not.toMatch(/[<>\n\u001B]|(^|[^\\])[`[|]/);
    }),
  );
});
