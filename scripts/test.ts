// `pnpm test [FILTER…]`: prepares the machine, builds what is stale, finds the real clients, runs vitest,
// and closes with one line alone: `N passed, N failed`. No test at all is a failure.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { ensureClients } from "./clients.ts";
import { prepareMachine } from "./machine.ts";
import type { Tally } from "./tally.ts";
import { cacheFolder, run } from "./workspace.ts";

/** Prepares and runs the tests; returns what they came to and vitest's own exit code. */
function test(filters: readonly string[]): { tally: Tally | null; code: number } {
  const file = join(cacheFolder, `tally-${process.pid}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  const code = run("vitest", ["run", ...filters], { ...process.env, CES_TALLY_FILE: file });
  const tally = readTally(file);
  rmSync(file, { force: true });
  return { tally, code };
}

function readTally(file: string): Tally | null {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

prepareMachine();
ensureClients();
const built = buildIfStale();
const { tally, code } = built === 0 ? test(process.argv.slice(2)) : { tally: null, code: built };

const passed = tally?.passed ?? 0;
const failed = (tally?.failed ?? 0) || (code === 0 && passed > 0 ? 0 : 1);
if (tally && tally.skipped.length > 0)
  console.log(`${tally.skipped.length} skipped:\n${tally.skipped.map((name) => `  ${name}`).join("\n")}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
