// Many drivers of one project sign at once, are killed, run out of disk: one linear chain, the old or the new tail, never half (issue 5 §2).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsdown";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedChain } from "../../../apps/cli/src/wire/project-chain.ts";
import { verifyProjectChain } from "../../../packages/delivery/engine/src/index.ts";
import { openState, sign } from "./sign-chain.ts";

let bundle: string;
let directory: string;
beforeAll(async () => {
  mkdirSync(join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache"), { recursive: true });
  bundle = mkdtempSync(join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "chain-"));
  await build({
    entry: { driver: join(import.meta.dirname, "chain-driver.ts") },
    outDir: bundle,
    format: "esm",
    platform: "node",
    dts: false,
    config: false,
    logLevel: "error",
    deps: { neverBundle: ["better-sqlite3"], alwaysBundle: [/^(?!better-sqlite3)/] },
  });
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), "ces-chain-"));
  openState(directory).store.close();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A driver; `limit` is the largest file that it may write, in KiB. */
function driver(name: string, count: number, limit?: number) {
  const words = [process.execPath, join(bundle, "driver.mjs"), directory, name, String(count)];
  const line = limit === undefined ? 'exec "$@"' : `trap "" XFSZ; ulimit -f ${limit}; exec "$@"`;
  const child = spawn("/bin/bash", ["-c", line, "driver", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stderr }));
  const begun = once(child.stdout, "data");
  return { child, ended, begun };
}

function verified() {
  const { store, keys } = openState(directory);
  try {
    const report = verifyProjectChain(recordedChain({ store, keys }));
    return { ...report, decisions: store.records("decision").length };
  } finally {
    store.close();
  }
}

describe("one chain of a project", () => {
  it("is linear under 50 writers", { timeout: 120_000 }, async () => {
    const ends = await Promise.all(Array.from({ length: 50 }, (_, at) => driver(`writer-${at}`, 4).ended));
    expect(ends.filter(({ code }) => code !== 0)).toEqual([]);
    expect(verified()).toMatchObject({ count: 200, decisions: 200, faults: [] });
  });

  it("has the old or the new tail after a kill, and is gone on with", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 8; round += 1) {
      const running = [0, 1].map((at) => driver(`${round}-${at}`, 0));
      await Promise.all(running.map(({ begun }) => begun));
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      running.forEach(({ child }) => child.kill("SIGKILL"));
      await Promise.all(running.map(({ ended }) => ended));
      const { count, decisions, faults } = verified();
      expect({ decisions, faults }).toEqual({ decisions: count, faults: [] });
    }
    const before = verified().count;
    expect(before).toBeGreaterThan(0);
    sign(directory, "after", 3);
    expect(verified()).toMatchObject({ count: before + 3, faults: [] });
  });

  it("has the old tail after a disk that is full, and is gone on with", { timeout: 60_000 }, async () => {
    const { code, stderr } = await driver("full", 0, 512).ended;
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/full|disk|I\/O/i);
    const { count, decisions, faults } = verified();
    expect(count).toBeGreaterThan(0);
    expect({ decisions, faults }).toEqual({ decisions: count, faults: [] });
    sign(directory, "after", 3);
    expect(verified()).toMatchObject({ count: count + 3, faults: [] });
  });
});
