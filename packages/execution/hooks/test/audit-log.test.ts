// The log: each line follows exactly one other, secrets never reach it, and what cannot be written stops the call.
import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AuditEntry, readAuditLine } from "../src/audit-line.ts";
import { appendAudit, auditLines, logPath, verifyLog } from "../src/audit-log.ts";
import type { GuardPlaces } from "../src/guard-places.ts";
import { folder } from "./folder.ts";

const entry = (command: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  host: "claude",
  session: "s",
  cwd: "/work",
  tool: "Bash",
  command,
  decision: "allow",
  answer: "pass",
  observed: false,
  codes: [],
  rewrite: null,
  latency_ms: 1,
  ...more,
});

const lines = (places: GuardPlaces) => [...auditLines(places)];

function written(...commands: readonly string[]): GuardPlaces {
  const { places } = folder();
  for (const command of commands) appendAudit(places, entry(command));
  return places;
}

test("a new log is ours alone, and its chain holds", () => {
  const places = written("a", "b", "c");
  expect(lstatSync(places.state).mode & 0o777).toBe(0o700);
  expect(lstatSync(logPath(places)).mode & 0o777).toBe(0o600);
  expect(verifyLog(places)).toMatchObject({ kind: "whole", lines: 3 });
  expect(lines(places).map((line) => readAuditLine(line)?.fields["command"])).toEqual(["a", "b", "c"]);
});

test("no log is a whole log of no lines", () => {
  expect(verifyLog(folder().places)).toMatchObject({ kind: "whole", lines: 0 });
});

describe("tampering is found at its line", () => {
  const tampered = (change: (rows: string[]) => string[]) => {
    const places = written("a", "b", "c", "d");
    const rows = lines(places);
    writeFileSync(logPath(places), `${change(rows).join("\n")}\n`);
    return verifyLog(places);
  };
  test.each([
    ["a byte changed", (rows: string[]) => rows.with(1, (rows[1] ?? "").replace('"b"', '"x"')), 3],
    ["a line dropped", (rows: string[]) => rows.toSpliced(1, 1), 2],
    ["two lines swapped", (rows: string[]) => [rows[0] ?? "", rows[2] ?? "", rows[1] ?? "", rows[3] ?? ""], 2],
    ["a line repeated", (rows: string[]) => rows.toSpliced(2, 0, rows[1] ?? ""), 3],
    ["the first line dropped", (rows: string[]) => rows.slice(1), 1],
    ["something that is no line", (rows: string[]) => rows.toSpliced(2, 0, "{}"), 3],
  ])("%s", (_, change, line) => {
    expect(tampered(change)).toMatchObject({ kind: "broken", line });
  });

  test("the newest line changed shows once another follows it", () => {
    const places = written("a", "b");
    const rows = lines(places);
    writeFileSync(logPath(places), `${rows[0]}\n${(rows[1] ?? "").replace('"b"', '"x"')}\n`);
    appendAudit(places, entry("c"));
    expect(verifyLog(places)).toMatchObject({ kind: "whole" });
  });
});

test("a line torn by a crash is named, and the log goes on after it", () => {
  const places = written("a", "b");
  appendFileSync(logPath(places), '{"v":1,"seq":3,"pr');
  appendAudit(places, entry("c"));
  expect(lines(places)).toHaveLength(4);
  expect(verifyLog(places)).toEqual({ kind: "broken", line: 3, why: "it is not a whole line of this log" });
});

test("secrets are cut out before the text is shortened", () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  const places = written(
    `curl -H 'Authorization: token ${secret}' x`,
    `${"x".repeat(2030)} ${secret}`,
    `${"y".repeat(9000)} ${secret}`,
  );
  expect(readFileSync(logPath(places), "utf8")).not.toMatch(/ghp_/);
  for (const line of lines(places)) expect(line.length).toBeLessThan(8 * 1024);
});

test("whatever the fields hold, a line stays one line", () => {
  const nasty = `\n\r\u2028"\\${"\u0000".repeat(5000)}`;
  const places = written(nasty);
  appendAudit(
    places,
    entry("b", {
      session: nasty,
      cwd: nasty,
      tool: nasty,
      rewrite: nasty,
      codes: Array.from({ length: 99 }, () => "C"),
    }),
  );
  expect(verifyLog(places)).toMatchObject({ kind: "whole", lines: 2 });
});

describe("what cannot be written, or is not ours, throws", () => {
  const broken = (spoil: (places: GuardPlaces) => void) => () => {
    const places = written("a");
    spoil(places);
    appendAudit(places, entry("b"));
  };
  test.each([
    [
      "the log is a link",
      ({ state }: GuardPlaces) => (unlinkSync(`${state}/log.jsonl`), symlinkSync("/dev/null", `${state}/log.jsonl`)),
    ],
    [
      "the log is a folder",
      ({ state }: GuardPlaces) => (unlinkSync(`${state}/log.jsonl`), mkdirSync(`${state}/log.jsonl`)),
    ],
    ["others may write the log", ({ state }: GuardPlaces) => chmodSync(`${state}/log.jsonl`, 0o666)],
    ["others may write the folder", ({ state }: GuardPlaces) => chmodSync(state, 0o777)],
  ])("%s", (_, spoil) => {
    expect(broken(spoil)).toThrow(/ELOOP|EISDIR|others may write/);
  });

  test("the folder is a link", () => {
    const { root, places } = folder();
    mkdirSync(places.ces_state, { recursive: true });
    mkdirSync(join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), places.state);
    expect(() => appendAudit(places, entry("a"))).toThrow(/no folder/);
  });
});

describe("the lock", () => {
  test("of a process that is gone is cleared away", () => {
    const places = written("a");
    writeFileSync(`${places.state}/log.lock`, "999999999 1");
    appendAudit(places, entry("b"));
    expect(verifyLog(places)).toMatchObject({ kind: "whole", lines: 2 });
  });

  test("that is older than any holder can be is cleared away, whoever has its process id now", () => {
    const places = written("a");
    writeFileSync(`${places.state}/log.lock`, `${process.pid} 1`);
    utimesSync(`${places.state}/log.lock`, 1, 1);
    appendAudit(places, entry("b"));
    expect(verifyLog(places)).toMatchObject({ kind: "whole", lines: 2 });
  });

  test("that is held is waited for, then the call is refused", () => {
    const places = written("a");
    writeFileSync(`${places.state}/log.lock`, `${process.pid} 1`);
    expect(() => appendAudit(places, entry("b"))).toThrow(/held by another process/);
  });
});

test("hooks that run at the same time make one chain, also when one of them dies with the lock", async () => {
  const { places, home } = folder();
  appendAudit(places, entry("first"));
  const driver = join(import.meta.dirname, "append-driver.ts");
  const kids = Array.from({ length: 6 }, () =>
    spawn(process.execPath, [driver, "40"], { env: { HOME: home }, stdio: ["ignore", "ignore", "inherit"] }),
  );
  writeFileSync(`${places.state}/log.lock`, "999999999 1");
  const codes = await Promise.all(kids.map((kid) => new Promise((done) => kid.on("close", done))));
  expect(codes).toEqual(kids.map(() => 0));
  expect(verifyLog(places)).toMatchObject({ kind: "whole", lines: 1 + 6 * 40 });
});
