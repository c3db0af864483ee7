// Real processes, real threads, real signals, a real full disk.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { chainFolder, codeOf, judged, namesIn, open } from "./chains.ts";
import { decision } from "./decision.ts";

const driver = join(import.meta.dirname, "append-driver.ts");
// Fifty starts: what one of them compiled, the others load.
const cache = mkdtempSync(join(tmpdir(), "ces-compiled-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly lines: readonly string[] };

/** A writer process; `kill` ends it after so many milliseconds of writing. */
function writer(
  words: readonly string[],
  kill?: { readonly after_lines: number; readonly then_ms: number },
): Promise<Ended> {
  const child = spawn(process.execPath, [driver, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let out = "";
  child.stdout.on("data", (bytes) => {
    out += bytes;
    if (kill && out.split("\n").length > kill.after_lines) setTimeout(() => child.kill("SIGKILL"), kill.then_ms);
  });
  return new Promise((resolve) =>
    child.on("close", (code) => resolve({ code, lines: out.split("\n").filter((line) => line !== "") })),
  );
}

test("fifty processes at once make one linear chain", async () => {
  const folder = chainFolder();
  const { lines } = await writer([folder, "first", "1"]);
  const ends = await Promise.all(Array.from({ length: 50 }, (_, i) => writer([folder, `w${i}`, "2"])));
  expect(ends.filter(({ code }) => code !== 0)).toEqual([]);
  const report = judged(folder);
  expect(report).toMatchObject({ outcome: "valid", count: 101, breaks: 0, causes: [] });
  expect(new Set([...lines, ...ends.flatMap((one) => one.lines)])).toEqual(
    new Set(report.receipts.map(({ receipt_hash }) => receipt_hash)),
  );
});

test("eight threads of one process make one linear chain", async () => {
  const folder = chainFolder();
  const ends = await Promise.all(
    Array.from({ length: 8 }, (_, i) => {
      const worker = new Worker(driver, { workerData: [folder, `t${i}`, "20", "2"], stdout: true });
      return new Promise((resolve) => worker.on("exit", resolve));
    }),
  );
  expect(ends).toEqual(Array.from({ length: 8 }, () => 0));
  expect(judged(folder)).toMatchObject({ outcome: "valid", count: 320, breaks: 0 });
});

test("SIGKILL leaves the old tail or the new one, and all that was told as stored", async () => {
  const folder = chainFolder();
  const told: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const { lines } = await writer([folder, `r${round}`, "100000", String(1 + (round % 3))], {
      after_lines: 3,
      then_ms: round,
    });
    told.push(...lines.filter((line) => line.length === 71));
  }
  // Whoever comes next goes on, without being asked to repair anything.
  open(folder, { at: { ms: Date.now() } }).append([decision("after")]);
  const report = judged(folder);
  expect(report).toMatchObject({ outcome: "valid", breaks: 0, causes: [] });
  const stored = new Set(report.receipts.map(({ receipt_hash }) => receipt_hash));
  expect(told.filter((hash) => !stored.has(hash))).toEqual([]);
  expect(told.length).toBeGreaterThan(30);
  expect(readdirSync(folder).filter((name) => /^\.\d/.test(name))).toEqual([]);
});

test("a full disk leaves the old tail, and the chain goes on once there is room", async ({ skip }) => {
  const folder = chainFolder();
  const disk = join(dirname(folder), "disk");
  mkdirSync(disk, { mode: 0o700 });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=160k,mode=0700", "ces-test", disk]);
  skip(mounted.status !== 0, "needs the right to mount a tmpfs");
  onTestFinished(() => void spawnSync("umount", ["-l", disk]));
  const chain = join(disk, "chain");
  const { code, lines } = await writer([chain, "full", "100000"]);
  expect([code, lines.at(-1)]).toEqual([1, "CHAIN_UNWRITABLE"]);
  expect(judged(chain)).toMatchObject({ outcome: "valid", count: lines.length - 1, breaks: 0 });
  expect(readdirSync(chain).filter((name) => /^\.\d/.test(name))).toEqual([]);
  spawnSync("mount", ["-o", "remount,size=1m", disk]);
  open(chain, { at: { ms: Date.now() } }).append([decision("room")]);
  expect(judged(chain)).toMatchObject({ outcome: "valid", count: lines.length, breaks: 0 });
  spawnSync("mount", ["-o", "remount,ro", disk]);
  const before = namesIn(chain);
  const readOnly = open(chain, { at: { ms: Date.now() } });
  expect(codeOf(() => readOnly.append([decision("no")]))).toBe("CHAIN_UNWRITABLE");
  expect(namesIn(chain)).toEqual(before);
  expect(statSync(chain).mode & 0o777).toBe(0o700);
});
