// An import: what it compiles, what it refuses, and what a hostile export cannot do (S40).
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ecosystem } from "@ces/guard/supply";
import { isCesError } from "@ces/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importExports, openAdvisories, verifyIndex, type ImportOptions } from "../src/index.ts";
import { zipBytes, zipOf } from "./zip-bytes.ts";

const NOW = Date.parse("2026-11-02T00:00:00Z");
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ces-advisories-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const record = (id: string, ecosystem: Ecosystem, name: string, more: object = {}) => ({
  id,
  modified: "2026-11-01T00:00:00Z",
  affected: [{ package: { ecosystem, name }, ...more }],
});
const into = (): string => join(dir, "index");
function file(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}
const run = (sources: readonly string[], more: Partial<ImportOptions> = {}) =>
  importExports(sources, { into: into(), now: NOW, ...more });
async function refusal(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return "none";
  } catch (error) {
    return isCesError(error) ? error.code : `a bug: ${String(error)}`;
  }
}
function ids(ecosystem: Ecosystem, name: string, version: string | null): readonly string[] {
  const file = openAdvisories(into());
  try {
    return file?.find(ecosystem, name, version).map(({ id }) => id) ?? [];
  } finally {
    file?.close();
  }
}

describe("importExports", () => {
  it("compiles a zip, and what it compiled is found", async () => {
    const report = await run([
      file(
        "npm.zip",
        zipOf([
          record("MAL-1", "npm", "event-stream", { versions: ["3.3.6"] }),
          record("MAL-2", "npm", "@s/bad"),
          record("GHSA-1", "npm", "holed", {
            ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "2.0.0" }] }],
          }),
          { ...record("MAL-3", "npm", "taken-back"), withdrawn: "2026-01-01T00:00:00Z" },
        ]),
      ),
    ]);
    expect(report).toEqual({
      ecosystems: [{ ecosystem: "npm", as_of: report.as_of, malicious: 2, vulnerable: 1, names: 3 }],
      as_of: report.as_of,
      records: 4,
      withdrawn: 1,
      refused: 0,
      refused_names: [],
      lost: [],
    });
    expect(report.as_of).toBeLessThanOrEqual(NOW);
    expect([
      ids("npm", "event-stream", "3.3.6"),
      ids("npm", "event-stream", "4.0.0"),
      ids("npm", "@s/bad", null),
      ids("npm", "holed", "1.9.0"),
      ids("npm", "holed", "2.0.0"),
      ids("npm", "nobody", null),
      ids("PyPI", "event-stream", "3.3.6"),
    ]).toEqual([["MAL-1"], [], ["MAL-2"], ["GHSA-1"], [], [], []]);
    expect(verifyIndex(into())?.ecosystems).toEqual(report.ecosystems);
  });

  it("reads lines and folders as well", async () => {
    mkdirSync(join(dir, "osv/deep"), { recursive: true });
    file("osv/deep/MAL-9.json", JSON.stringify(record("MAL-9", "PyPI", "Evil_Pkg")));
    const lines = file("a.jsonl", `${JSON.stringify(record("MAL-8", "crates.io", "bad_crate"))}\n\nnot json\n`);
    const report = await run([join(dir, "osv"), lines]);
    expect([report.refused, ids("PyPI", "evil-pkg", null), ids("crates.io", "bad-crate", null)]).toEqual([
      1,
      ["MAL-9"],
      ["MAL-8"],
    ]);
  });

  it("an ecosystem that the export does not speak of stays", async () => {
    await run([file("pypi.zip", zipOf([record("MAL-1", "PyPI", "ctx"), record("MAL-2", "PyPI", "other")]))]);
    // npm's own export: one record speaks of PyPI too, and must not stand for all of it.
    const both = {
      ...record("GHSA-1", "npm", "x"),
      affected: [record("", "npm", "x").affected[0], record("", "PyPI", "x").affected[0]],
    };
    const report = await run([file("npm.zip", zipOf([record("MAL-3", "npm", "y"), both]))]);
    expect(report.lost).toEqual([]);
    expect([ids("PyPI", "ctx", null), ids("npm", "y", null)]).toEqual([["MAL-1"], ["MAL-3"]]);
  });

  it("taking back malicious records needs a person", async () => {
    await run([
      file(
        "a.zip",
        zipOf([
          record("MAL-1", "npm", "bad"),
          record("MAL-2", "npm", "worse", { versions: ["1.0.0", "1.0.1"] }),
          record("MAL-4", "npm", "kept"),
        ]),
      ),
    ]);
    const less = file(
      "b.zip",
      zipOf([
        { ...record("MAL-1", "npm", "bad"), withdrawn: "2026-11-01T00:00:00Z" },
        record("MAL-2", "npm", "worse", { versions: ["1.0.0"] }),
        record("MAL-4", "npm", "kept"),
      ]),
    );
    const before = readFileSync(into());
    expect(await refusal(run([less]))).toBe("ADVISORIES_LOST");
    expect(readFileSync(into()).equals(before)).toBe(true);
    const report = await run([less], { person: true });
    expect(report.lost).toEqual([
      { id: "MAL-1", ecosystem: "npm", name: "bad", how: "gone" },
      { id: "MAL-2", ecosystem: "npm", name: "worse", how: "fewer versions" },
    ]);
    expect([ids("npm", "bad", null), ids("npm", "worse", "1.0.1")]).toEqual([[], []]);
  });

  it("a record that says more is no loss, under another id either", async () => {
    await run([file("a.zip", zipOf([record("MAL-1", "npm", "bad", { versions: ["1.0.0"] })]))]);
    expect(
      (await run([file("b.zip", zipOf([record("MAL-7", "npm", "bad", { versions: ["1.0.0", "1.0.1"] })]))])).lost,
    ).toEqual([]);
    expect((await run([file("c.zip", zipOf([record("MAL-7", "npm", "bad")]))])).lost).toEqual([]);
  });

  it("a date in the future keeps nothing fresh", async () => {
    const report = await run([
      file("a.jsonl", JSON.stringify({ ...record("MAL-1", "npm", "x"), modified: "9999-01-01T00:00:00Z" })),
    ]);
    expect(report.as_of).toBe(NOW);
  });
});

describe("a hostile export", () => {
  it("names of entries never become paths", async () => {
    const names = ["../../../../escaped.json", "/escaped.json", "a/../../escaped.json", "..\\escaped.json"];
    const report = await run([
      file(
        "a.zip",
        zipBytes(
          names.map((name, index) => ({ name, text: JSON.stringify(record(`MAL-${index}`, "npm", `p${index}`)) })),
        ),
      ),
    ]);
    expect(report.records).toBe(4);
    expect(readdirSync(dir).toSorted()).toEqual(["a.zip", "index"]);
    expect(existsSync("/escaped.json")).toBe(false);
  });

  it("names that every object has are names of packages", async () => {
    await run([
      file(
        "a.jsonl",
        ["__proto__", "constructor", "toString"]
          .map((name, index) => JSON.stringify(record(`MAL-${index}`, "npm", name)))
          .join("\n"),
      ),
    ]);
    expect([
      ids("npm", "__proto__", "1.0.0"),
      ids("npm", "constructor", null),
      ids("npm", "hasOwnProperty", null),
    ]).toEqual([["MAL-0"], ["MAL-1"], []]);
    expect(({} as Record<string, unknown>)["id"]).toBeUndefined();
  });

  const big = " ".repeat(100_000);
  it.each([
    ["is no zip", () => file("a.zip", "PK nothing of the kind"), {}, "ADVISORIES_SOURCE"],
    ["is not there", () => join(dir, "nowhere.zip"), {}, "ADVISORIES_SOURCE"],
    [
      "unpacks to too much",
      () => file("a.zip", zipBytes([{ name: "a.json", text: big }])),
      { record_bytes: 10_000 },
      "ADVISORIES_LIMIT",
    ],
    [
      "claims to be small and is not",
      () => file("a.zip", zipBytes([{ name: "a.json", text: big, claimed_size: 10 }])),
      { record_bytes: 10_000 },
      "ADVISORIES_LIMIT",
    ],
    [
      "lies about its checksum",
      () => file("a.zip", zipBytes([{ name: "a.json", text: "{}", claimed_crc: 1 }])),
      {},
      "ADVISORIES_SOURCE",
    ],
    [
      "is encrypted",
      () => file("a.zip", zipBytes([{ name: "a.json", text: "{}", flags: 1 }])),
      {},
      "ADVISORIES_SOURCE",
    ],
    ["has a line without an end", () => file("a.jsonl", big), { record_bytes: 10_000 }, "ADVISORIES_LIMIT"],
    [
      "has more records than may be",
      () => file("a.jsonl", '{"id":"x"}\n'.repeat(50)),
      { records: 20 },
      "ADVISORIES_LIMIT",
    ],
    [
      "is more than may be, all in all",
      () => file("a.jsonl", `${JSON.stringify({ id: "x", pad: big })}\n`.repeat(3)),
      { total_bytes: 150_000 },
      "ADVISORIES_LIMIT",
    ],
    ["says nothing", () => file("a.jsonl", "{}\n[]\nnull\n"), {}, "ADVISORIES_EMPTY"],
    [
      "takes longer than it may",
      () => file("a.jsonl", `${JSON.stringify(record("MAL-1", "npm", "x"))}\n`.repeat(20_000)),
      { time_ms: 1 },
      "ADVISORIES_LIMIT",
    ],
  ])("that %s is refused, and what was there stays", async (_what, make, limits, code) => {
    await run([file("before.jsonl", JSON.stringify(record("MAL-1", "npm", "kept")))]);
    expect(await refusal(run([make()], { limits }))).toBe(code);
    expect(ids("npm", "kept", null)).toEqual(["MAL-1"]);
    expect(readdirSync(dir).filter((name) => name.startsWith("index"))).toEqual(["index"]);
  });

  it("deep and odd documents are counted and passed over", async () => {
    const odd = [
      "[".repeat(5_000),
      `{"id":"MAL-2","id":"MAL-3","affected":[]}`,
      `{"id":"MAL-4","affected":${"[".repeat(40)}${"]".repeat(40)}}`,
    ];
    const report = await run([file("a.jsonl", [...odd, JSON.stringify(record("MAL-1", "npm", "x"))].join("\n"))]);
    expect([report.records, report.refused, ids("npm", "x", null)]).toEqual([4, 3, ["MAL-1"]]);
  });

  it("is read beside the event loop, not in it", async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    await run([
      file(
        "a.jsonl",
        Array.from({ length: 3_000 }, (_, index) => JSON.stringify(record(`MAL-${index}`, "npm", `p${index}`))).join(
          "\n",
        ),
      ),
    ]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});
