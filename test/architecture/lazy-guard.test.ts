// The hook's bundle makes the guard's modules when they are asked for: it must say of every command what the sources say.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { allProfiles, judgeCommand } from "@ces/guard";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFileFacts } from "../../packages/execution/hooks/src/node-file-facts.ts";
import { bundleLazyGuard } from "../../scripts/bundle.ts";
import { machineOf } from "../vectors/guard-machine.ts";

const folder = mkdtempSync(join(tmpdir(), "ces-lazy-guard-"));
let lazy: typeof judgeCommand;

beforeAll(async () => {
  await bundleLazyGuard(folder);
  const bundled: { judgeCommand: typeof judgeCommand } = await import(pathToFileURL(join(folder, "guard.js")).href);
  lazy = bundled.judgeCommand;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vectors = join(import.meta.dirname, "../vectors/guard");

test("every example of every profile, and every given command", () => {
  const { setting } = machineOf(vectors);
  const given = readFileSync(join(vectors, "given.jsonl"), "utf8").trim().split("\n");
  const lines = [
    ...allProfiles.flatMap(({ matches, spares }) => [...matches.map(({ line }) => line), ...spares]),
    ...given.map((line): string => JSON.parse(line).command),
  ];
  expect(lines.length).toBeGreaterThan(3_000);
  for (const line of lines)
    expect(lazy(line, setting, nodeFileFacts())).toEqual(judgeCommand(line, setting, nodeFileFacts()));
});
