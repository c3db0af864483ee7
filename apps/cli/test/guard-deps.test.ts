// `ces guard deps import | status | check`: what a person does about the advisory data.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ces, rows, type Scene, scene } from "./run-ces.ts";

const record = (id: string, name: string, more: object = {}): string =>
  JSON.stringify({
    id,
    modified: new Date().toISOString(),
    affected: [{ package: { ecosystem: "npm", name }, ...more }],
  });

function lines(place: Scene, name: string, records: readonly string[]): string {
  writeFileSync(join(place.project, name), records.join("\n"));
  return name;
}

describe("import and status", () => {
  test("imports, and says what it has", async () => {
    const place = scene({ git: false });
    const none = await ces(place, ["guard", "deps", "status", "--json"]);
    expect([none.code, none.json().data]).toEqual([0, { imported: null, ecosystems: [], stale: false }]);

    const file = lines(place, "npm.jsonl", [
      record("MAL-1", "bad"),
      record("GHSA-1", "holed", { versions: ["1.0.0"] }),
      "nonsense",
    ]);
    const done = await ces(place, ["guard", "deps", "import", file, "--json"]);
    expect([done.code, done.json().data]).toEqual([0, expect.objectContaining({ records: 3, refused: 1, lost: [] })]);

    const status = await ces(place, ["guard", "deps", "status", "--json"]);
    expect(rows(status, "ecosystems")).toEqual([
      expect.objectContaining({ ecosystem: "npm", malicious: 1, vulnerable: 1, names: 2, days: 0 }),
    ]);
  });

  test("taking back malicious records is refused without a person, and the data stays", async () => {
    const place = scene({ git: false });
    await ces(place, [
      "guard",
      "deps",
      "import",
      lines(place, "a.jsonl", [record("MAL-1", "bad"), record("MAL-2", "kept")]),
    ]);
    const less = await ces(place, [
      "guard",
      "deps",
      "import",
      lines(place, "b.jsonl", [record("MAL-2", "kept")]),
      "--yes",
      "--json",
    ]);
    expect([less.code, less.json().error]).toEqual([
      3,
      expect.objectContaining({ code: "ADVISORIES_LOST", message: expect.stringContaining("MAL-1 on `bad` (gone)") }),
    ]);
    expect((await ces(place, ["guard", "deps", "check", "bad"])).code).toBe(3);
  });

  test("an export that is none says so", async () => {
    const place = scene({ git: false });
    writeFileSync(join(place.project, "npm.zip"), "<html>");
    const tried = await ces(place, ["guard", "deps", "import", "npm.zip"]);
    expect([tried.code, tried.err]).toEqual([2, expect.stringContaining("is no zip that can be read")]);
    expect((await ces(place, ["guard", "deps", "import"])).code).toBe(2);
  });

  test("damaged data is integrity broken", async () => {
    const place = scene({ git: false });
    await ces(place, ["guard", "deps", "import", lines(place, "a.jsonl", [record("MAL-1", "bad")])]);
    writeFileSync(join(place.root, "state/ces/guard/advisories.index"), "not it");
    expect((await ces(place, ["guard", "deps", "status"])).code).toBe(4);
    const install = await ces(place, ["guard", "check", "npm install x", "--json"]);
    expect([
      install.code,
      rows(install, "reasons")
        .map(({ text }) => String(text))
        .join(" "),
    ]).toEqual([3, expect.stringContaining("is damaged")]);
    expect((await ces(place, ["guard", "check", "ls"])).code).toBe(0);
  });
});

describe("check", () => {
  test.each([
    [["left-pad@1.3.0"], 0, /nothing known against left-pad@1\.3\.0/],
    [["bad@1.0.0"], 3, /known to be malicious/],
    [["expres"], 3, /one slip away from `express`/],
    [["someone/fork"], 3, /from a repository/],
    [["--ecosystem", "PyPI", "reqeusts"], 3, /requests/],
  ])("%j ends with %i", async (words, code, text) => {
    const place = scene({ git: false });
    await ces(place, ["guard", "deps", "import", lines(place, "a.jsonl", [record("MAL-1", "bad")])]);
    const ran = await ces(place, ["guard", "deps", "check", ...words]);
    expect([ran.code, ran.out]).toEqual([code, expect.stringMatching(text)]);
  });

  test("a lockfile is looked through", async () => {
    const place = scene({ git: false });
    await ces(place, [
      "guard",
      "deps",
      "import",
      lines(place, "a.jsonl", [record("MAL-1", "bad", { versions: ["6.6.6"] })]),
    ]);
    const lock = { packages: { "node_modules/bad": { version: "6.6.6" }, "node_modules/good": { version: "1.0.0" } } };
    writeFileSync(join(place.project, "package-lock.json"), JSON.stringify(lock));
    const ran = await ces(place, ["guard", "deps", "check", "--lockfile", "package-lock.json", "--json"]);
    expect([ran.code, rows(ran, "pinned")]).toEqual([
      3,
      [{ package: "bad@6.6.6", advisories: [{ id: "MAL-1", malicious: true, cvss: null, fixed: null }] }],
    ]);
  });

  test.each([["nowhere.lock"], ["package.json"]])("a lockfile that is none: %s", async (name) => {
    const place = scene({ git: false });
    writeFileSync(join(place.project, "package.json"), "{}");
    const ran = await ces(place, ["guard", "deps", "check", "--lockfile", name, "--json"]);
    expect([ran.code, ran.json().error]).toEqual([2, expect.objectContaining({ code: "USAGE_FILE" })]);
  });

  test("missing data is said", async () => {
    const ran = await ces(scene({ git: false }), ["guard", "deps", "check", "left-pad"]);
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining("no advisory data on npm was imported")]);
  });
});
