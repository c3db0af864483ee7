// The commands that read and guard a project, over a real repository, store and ledger.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ces, rows, scene, spawnCes, type Scene } from "./run-ces.ts";

async function enrolled(may = "hybrid"): Promise<Scene> {
  const place = scene();
  await ces(place, ["keys", "enroll", "tester", "--may", may]);
  return place;
}

function stateFolder(place: Scene): string {
  const base = join(place.root, "state/ces");
  const found = readdirSync(base).find((name) => existsSync(join(base, name, "state.db")));
  return join(base, found ?? "none");
}

describe("status, explain and report where nothing was built", () => {
  test("status is an answer, the others say what to type", async () => {
    const place = scene();
    const status = await ces(place, ["status", "--json"]);
    expect(status.code).toBe(0);
    expect(status.json().data).toEqual({
      expert: false,
      project_id: null,
      project_name: "shop",
      halts: [],
      active_manifests: [],
      pending_reviews: [],
      recent_events: [],
      builder_run: null,
    });
    for (const words of [
      ["explain"],
      ["report", "builder"],
      ["continue"],
      ["audit"],
      ["audit", "verify"],
      ["keys", "list"],
    ]) {
      const { code, err } = await ces(place, words);
      expect({ words, code }).toEqual({ words, code: 2 });
      expect(err).toContain("ces build");
    }
  });

  test("a folder without git says so", async () => {
    expect((await ces(scene({ git: false }), ["audit"])).err).toContain("not in a git repository");
  });
});

describe("keys", () => {
  test("the first name is free; each later one is vouched for, with no more than the voucher has", async () => {
    const place = await enrolled();
    const again = await ces(place, ["keys", "enroll", "tester", "--may", "human", "--as", "tester"]);
    expect(again).toMatchObject({ code: 3 });
    expect(again.err).toContain("IDENTITY_EXISTS");
    const alone = await ces(place, ["keys", "enroll", "bob", "--may", "hybrid", "--yes"]);
    expect(alone.code).toBe(3);
    expect(alone.err).toContain("RELEASE_NEEDS_PERSON");
    // The refused one left no key behind that would count as its own voucher.
    expect((await ces(place, ["keys", "enroll", "bob", "--may", "hybrid"])).code).toBe(3);
    expect((await ces(place, ["keys", "enroll", "bob", "--may", "human", "--as", "tester"])).code).toBe(3);
    expect((await ces(place, ["keys", "enroll", "bob", "--may", "hybrid", "--as", "nobody"])).code).toBe(2);
    expect((await ces(place, ["keys", "enroll", "bob", "--may", "hybrid", "--as", "tester"])).code).toBe(0);
    const list = await ces(place, ["keys", "list", "--json"]);
    expect(
      rows(list, "identities").map(({ name, may, enrolled_by, key_here }) => [name, may, enrolled_by, key_here]),
    ).toEqual([
      ["tester", "hybrid", expect.any(String), true],
      ["bob", "hybrid", "tester", true],
    ]);
  });

  test("a key's name is no path", async () => {
    expect((await ces(scene(), ["keys", "enroll", "../evil", "--may", "human"])).err).toContain("IDENTITY_NAME");
  });

  test("a second project of the same account is not free for a new name", async () => {
    const first = await enrolled();
    const second = { ...scene(), env: first.env };
    expect((await ces(second, ["keys", "enroll", "mallory", "--may", "human"])).code).toBe(3);
    expect((await ces(second, ["keys", "enroll", "tester", "--may", "hybrid"])).code).toBe(0);
  });
});

describe("emergency", () => {
  test("anyone stops; only a person who proves it starts again", async () => {
    const place = await enrolled("human");
    await ces(place, ["keys", "enroll", "bot", "--may", "hybrid", "--as", "tester"]);
    const declared = await ces(place, ["emergency", "declare", "Security incident detected", "--json"]);
    expect(declared).toMatchObject({ code: 0 });
    expect(declared.json().data).toMatchObject({
      reason: "Security incident detected",
      status: "active",
      classes: expect.arrayContaining(["task_issuance", "merges", "spawning"]),
    });
    expect((await ces(place, ["emergency", "declare", "again"])).err).toContain("EMERGENCY_ACTIVE");
    expect((await ces(place, ["emergency", "status", "--json"])).json().data["halted"]).toBe(true);
    expect((await ces(place, ["status"])).out).toContain("Security incident detected");
    expect((await ces(place, ["build", "x", "--yes", "--runtime", "replay", "--cassette", "none"])).err).toContain(
      "[HALTED]",
    );
    expect((await ces(place, ["emergency", "resolve", "--as", "bot"])).err).toContain("RELEASE_NEEDS_PERSON");
    const pipe = await spawnCes(place, ["emergency", "resolve", "--yes"], { input: "yes\ny\n" });
    expect(pipe).toMatchObject({ code: 3, err: expect.stringContaining("RELEASE_NEEDS_PERSON") });
    expect(
      (await spawnCes(place, ["emergency", "resolve", "--yes"], { wrap: ["setsid", "-w"], input: "yes\n" })).code,
    ).toBe(3);
    expect((await ces(place, ["emergency", "resolve", "--as", "tester", "-r", "rotated"])).code).toBe(0);
    expect((await ces(place, ["emergency", "status", "--json"])).json().data).toEqual({ halted: false, halts: [] });
    expect((await ces(place, ["emergency", "resolve", "--as", "tester"])).err).toContain("HALT_NONE");
  });
});

describe("audit", () => {
  test("filters combine", async () => {
    const place = await enrolled("human");
    await ces(place, ["emergency", "declare", "one"]);
    await ces(place, ["emergency", "resolve", "--as", "tester"]);
    await ces(place, ["keys", "enroll", "bob", "--may", "hybrid", "--as", "tester"]);
    const list = async (...words: string[]) =>
      rows(await ces(place, ["audit", ...words, "--json"]), "entries").map(({ seq, event_type, actor }) => [
        seq,
        event_type,
        actor,
      ]);
    expect((await list()).map(([seq]) => seq)).toEqual([4, 3, 2, 1]);
    expect(await list("-a", "tester")).toEqual([
      [4, "delegation", "tester"],
      [3, "recovery", "tester"],
    ]);
    expect(await list("-a", "tester", "-e", "delegation")).toEqual([[4, "delegation", "tester"]]);
    expect(await list("-a", "tester", "-e", "delegation", "--before", "1h")).toEqual([]);
    expect(await list("-a", "tester", "--after", "1h", "-l", "1", "-o", "1")).toEqual([[3, "recovery", "tester"]]);
  });

  test("verify names the first bad entry; a cut tail and a lost head are found", async () => {
    const place = await enrolled();
    for (const name of ["a", "b", "c"]) await ces(place, ["keys", "enroll", name, "--may", "hybrid", "--as", "tester"]);
    const verify = async () => await ces(place, ["audit", "verify", "--json"]);
    expect((await verify()).json().data).toMatchObject({ verified: true, status: "valid", entries: 4 });
    tamper(place, "UPDATE ledger SET bytes = replace(bytes, 'enrolled a', 'enrolled z') WHERE seq = 2");
    const found = await verify();
    expect(found.code).toBe(4);
    expect(found.json()).toMatchObject({
      ok: false,
      data: { verified: false, seq: 2, code: "LEDGER_MODIFIED" },
      error: { code: "LEDGER_MODIFIED", message: expect.stringContaining("entry 2") },
    });
  });

  test("verify finds a cut tail", async () => {
    const place = await enrolled();
    await ces(place, ["keys", "enroll", "a", "--may", "hybrid", "--as", "tester"]);
    tamper(place, "DELETE FROM ledger WHERE seq = 2");
    const found = await ces(place, ["audit", "verify", "--json"]);
    expect([found.code, found.json().data["seq"]]).toEqual([4, 2]);
  });

  test("a ledger without its database is broken, not new", async () => {
    const place = await enrolled();
    const folder = stateFolder(place);
    for (const name of readdirSync(folder).filter((file) => file.startsWith("state.db")))
      writeFileSync(join(folder, name), "");
    expect((await ces(place, ["audit", "verify"])).code).toBe(4);
  });
});

// What somebody with the file can do: the triggers go first.
function tamper(place: Scene, sql: string): void {
  const database = new DatabaseSync(join(stateFolder(place), "state.db"));
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`);
  database.exec(sql);
  for (const one of triggers) database.exec(one.sql);
  database.close();
}

test("doctor says what is missing and never a key", async () => {
  const place = scene();
  const key = `sk-ant-api03-${"a1B2".repeat(20)}`;
  const ran = await spawnCes(place, ["doctor", "--json"], { env: { ANTHROPIC_API_KEY: key } });
  const { code, out } = ran;
  const found = Object.fromEntries(rows(ran, "findings").map(({ name, ok }) => [name, ok]));
  expect(found).toMatchObject({
    node: true,
    git: true,
    bwrap: true,
    walls: true,
    keys: true,
    configuration: true,
    state: true,
    project: null,
  });
  expect(code).toBe(found["claude"] === true || found["codex"] === true ? 0 : 1);
  expect(out).toContain("ANTHROPIC_API_KEY");
  expect(out).not.toContain(key);
});

test("doctor without bubblewrap: this machine cannot enforce it", async () => {
  const place = scene();
  mkdirSync(join(place.root, "bin"));
  symlinkSync("/usr/bin/git", join(place.root, "bin/git"));
  const ran = await ces(place, ["doctor", "--json"], { env: { PATH: join(place.root, "bin") } });
  expect(ran.code).toBe(5);
  expect(rows(ran, "findings").find(({ name }) => name === "walls")).toMatchObject({ ok: false });
});

test("a report does not follow a link out of the project", async () => {
  const { writeExports } = await import("../src/report/write-exports.ts");
  const place = scene();
  const outside = join(place.root, "outside");
  mkdirSync(outside);
  symlinkSync(outside, join(place.project, ".ces"));
  expect(() => writeExports(place.project, join(place.project, ".ces/exports"), { "a.md": "x" })).toThrow(
    "is not a folder",
  );
  expect(readdirSync(outside)).toEqual([]);
  const paths = writeExports(place.project, join(place.project, "out"), { "a.md": "x" });
  symlinkSync(join(outside, "target"), join(place.project, "out/b.md"));
  writeExports(place.project, join(place.project, "out"), { "b.md": "y" });
  expect(readFileSync(paths[0] ?? "", "utf8")).toBe("x");
  expect(readFileSync(join(place.project, "out/b.md"), "utf8")).toBe("y");
  expect(readdirSync(outside)).toEqual([]);
});
