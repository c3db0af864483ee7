import { appendFileSync, chmodSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openKnownPrograms } from "../src/known-programs.ts";

function place() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-known-"));
  chmodSync(folder, 0o700);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "program");
  writeFileSync(program, "one");
  return { folder, program };
}

test("an answer is found once and survives the process", async () => {
  const { folder, program } = place();
  let asked = 0;
  const find = () => Promise.resolve(`answer ${(asked += 1)}`);
  expect(await openKnownPrograms(folder).recall(program, "sha256", find)).toBe("answer 1");
  expect(await openKnownPrograms(folder).recall(program, "sha256", find)).toBe("answer 1");
  expect(await openKnownPrograms(folder).recall(program, "version", find)).toBe("answer 2");
});

test("a file that was written to is asked again, even when its size and time are put back", async () => {
  const { folder, program } = place();
  const known = openKnownPrograms(folder);
  utimesSync(program, 1_000, 1_000);
  expect(await known.recall(program, "sha256", () => Promise.resolve("old"))).toBe("old");
  writeFileSync(program, "two");
  utimesSync(program, 1_000, 1_000);
  expect(await known.recall(program, "sha256", () => Promise.resolve("new"))).toBe("new");
});

test("no answer is not remembered, and damaged answers are found again", async () => {
  const { folder, program } = place();
  expect(await openKnownPrograms(folder).recall(program, "version", () => Promise.resolve(undefined))).toBeUndefined();
  expect(await openKnownPrograms(folder).recall(program, "version", () => Promise.resolve("1.0"))).toBe("1.0");
  appendFileSync(join(folder, "programs.json"), "{");
  expect(await openKnownPrograms(folder).recall(program, "version", () => Promise.resolve("1.1"))).toBe("1.1");
});
