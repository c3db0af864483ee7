// OSV records: what they say, and what a hostile one cannot do (S40).
import { describe, expect, it } from "vitest";
import { advisoryList, readOsvLines } from "../../src/supply/advisory-list.ts";
import { cvss3Base } from "../../src/supply/cvss.ts";
import { readOsv, type OsvReading } from "../../src/supply/osv.ts";

const record = (id: string, affected: unknown, more: object = {}): unknown => ({
  id,
  modified: "2026-11-01T00:00:00Z",
  affected,
  ...more,
});
const npm = (name: string, rest: object): unknown => ({ package: { ecosystem: "npm", name }, ...rest });
const list = (...readings: readonly OsvReading[]) => advisoryList(readings);
const ids = (found: readonly { readonly id: string }[]): readonly string[] => found.map(({ id }) => id);

describe("readOsv", () => {
  it("reads events in any order as intervals", () => {
    const events = [{ fixed: "2.0.1" }, { introduced: "2.0.0" }, { introduced: "0" }, { fixed: "1.5.0" }];
    const all = list(readOsv(record("GHSA-1", [npm("x", { ranges: [{ type: "SEMVER", events }] })])));
    const affected = ["0.1.0", "1.4.9", "1.5.0", "1.9.9", "2.0.0", "2.0.1", "3.0.0"].filter(
      (version) => all.find("npm", "x", version).length > 0,
    );
    expect(affected).toEqual(["0.1.0", "1.4.9", "2.0.0"]);
    expect(all.find("npm", "x", "2.0.0")[0]?.fixed).toBe("2.0.1");
  });

  it("reads last_affected and limit", () => {
    const last = list(
      readOsv(
        record("GHSA-2", [
          npm("x", { ranges: [{ type: "SEMVER", events: [{ introduced: "1.0.0" }, { last_affected: "1.2.0" }] }] }),
        ]),
      ),
    );
    expect(["1.2.0", "1.2.1"].map((version) => last.find("npm", "x", version).length)).toEqual([1, 0]);
    const limited = list(
      readOsv(
        record("GHSA-3", [
          npm("x", { ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { limit: "2.0.0" }] }] }),
        ]),
      ),
    );
    expect(["1.9.0", "2.0.0"].map((version) => limited.find("npm", "x", version).length)).toEqual([1, 0]);
  });

  it("a malicious record without versions, with too many, or that cannot be ordered is about every version", () => {
    const many = Array.from({ length: 20_001 }, (_, index) => `1.0.${index}`);
    const bodies = [
      {},
      { versions: many },
      { ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "what" }, { fixed: "ever" }] }] },
      { ranges: [{ type: "GIT", events: [{ introduced: "0" }] }] },
    ];
    for (const body of bodies)
      expect(ids(list(readOsv(record("MAL-1", [npm("x", body)]))).find("npm", "x", "9.9.9"))).toEqual(["MAL-1"]);
  });

  it("an unreadable version is affected by every interval", () => {
    const all = list(
      readOsv(
        record("MAL-2", [
          npm("x", { ranges: [{ type: "SEMVER", events: [{ introduced: "1.0.0" }, { fixed: "2.0.0" }] }] }),
        ]),
      ),
    );
    expect(ids(all.find("npm", "x", "banana"))).toEqual(["MAL-2"]);
  });

  it("for any version it tells what has no end, and malicious packages whose versions are listed", () => {
    const all = list(
      readOsv(record("GHSA-open", [npm("x", { ranges: [{ type: "SEMVER", events: [{ introduced: "1.0.0" }] }] })])),
      readOsv(
        record("GHSA-old", [
          npm("x", { ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.0.0" }] }] }),
        ]),
      ),
      readOsv(record("MAL-listed", [npm("x", { versions: ["1.0.0"] })])),
    );
    expect(ids(all.find("npm", "x", null))).toEqual(["GHSA-open", "MAL-listed"]);
  });

  it("a withdrawn record is no advisory", () => {
    expect(readOsv(record("MAL-3", [npm("x", {})], { withdrawn: "2026-01-01T00:00:00Z" })).kind).toBe("withdrawn");
  });

  it("compares names as the registry does", () => {
    const all = list(
      readOsv(record("MAL-4", [{ package: { ecosystem: "PyPI", name: "Evil_Pkg" }, versions: ["1.0"] }])),
    );
    expect(ids(all.find("PyPI", "evil.pkg", "1.0.0"))).toEqual(["MAL-4"]);
  });

  it("names of members that objects have by themselves are ordinary names", () => {
    const all = list(
      ...readOsvLines(
        `{"id":"MAL-5","affected":[{"package":{"ecosystem":"npm","name":"__proto__"}}]}\n{"id":"MAL-6","__proto__":{"withdrawn":"x"},"affected":[{"package":{"ecosystem":"npm","name":"constructor"}}]}`,
      ),
    );
    expect(ids(all.find("npm", "__proto__", "1.0.0"))).toEqual(["MAL-5"]);
    expect(ids(all.find("npm", "constructor", null))).toEqual(["MAL-6"]);
    expect(all.find("npm", "toString", null)).toEqual([]);
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  it.each([
    null,
    1,
    "x",
    [],
    {},
    { id: 5 },
    { id: "../../x/y" },
    { id: "MAL-1", affected: "x" },
    { id: "MAL-1", affected: [null, { package: 3 }, { package: { ecosystem: "npm" } }] },
  ])("takes nothing from %j", (value) => {
    const reading = readOsv(value);
    expect(reading.kind === "refused" || (reading.kind === "advisory" && reading.records.length === 0)).toBe(true);
  });

  it("keeps a summary that can be shown", () => {
    const reading = readOsv(record("MAL-7", [npm("x", {})], { summary: `evil\u001b[2J\u202e${"x".repeat(5_000)}` }));
    const summary = reading.kind === "advisory" ? (reading.records[0]?.summary ?? "") : "";
    expect(summary).toMatch(/^[\x20-\x7e…]*$/);
    expect(summary.length).toBeLessThan(200);
  });

  it("scores CVSS 3 vectors as the specification's examples", () => {
    expect(
      [
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
        "CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        "CVSS:4.0/AV:N",
      ].map(cvss3Base),
    ).toEqual([9.8, 6.1, 7.8, 10, null]);
  });

  it("lines that are no record are refused, each for itself", () => {
    const readings = readOsvLines(
      `{"id":"MAL-8","affected":[{"package":{"ecosystem":"npm","name":"x"}}]}\n\nnot json\n${"[".repeat(200)}\n`,
    );
    expect(readings.map(({ kind }) => kind)).toEqual(["advisory", "refused", "refused"]);
  });
});
