// The acta suite reads everything it is given, and says so when it does not.
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSuite, runSuite, vectorsFolder } from "./run-suite.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ces-acta-"));
  for (const category of [
    "receipts",
    "chains",
    "embedded-key",
    "evidence",
    "policy-bundle",
    "peer-output",
    "a2a-trust-header",
  ])
    cpSync(join(vectorsFolder, "acta", category), join(dir, category), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const run = async (folder: string) => {
  const suite = await loadSuite("acta");
  const runs = await runSuite(suite, folder);
  const failed = runs.flatMap(({ id, result }) => (result.kind === "fail" ? [`${id}: ${result.why}`] : []));
  return { count: runs.length, failed, report: suite.report?.(runs) ?? [] };
};
const edit = (name: string, change: (text: string) => string): void => {
  const text = readFileSync(join(dir, name), "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(join(dir, name), change(text));
};

test("of the project's copy nothing is left unread", async () => {
  const { failed, report } = await run(join(vectorsFolder, "acta"));
  expect({ failed, report }).toEqual({ failed: [], report: [] });
});

test.each<readonly [string, (text: string) => string, string]>([
  [
    "receipts/v2-decision.json",
    (text) => text.replace('"outcome": "valid"', '"outcome": "invalid"'),
    "outcome: expected",
  ],
  ["receipts/v2-decision.json", (text) => text.replace('"my-service"', '"your-service"'), "outcome: expected"],
  [
    "receipts/sb-runtime-1.json",
    (text) => text.replace('"shape": "sb-runtime-v1"', '"shape": "v2"'),
    "shape: expected",
  ],
  [
    "chains/removed-middle.json",
    (text) => text.replace('"failing_index": 2', '"failing_index": 1'),
    "failing_index: expected",
  ],
  [
    "chains/tampered-second.json",
    (text) => text.replace('"chain_break"', '"chain_truncated"'),
    "cause: expected chain_truncated",
  ],
  [
    "embedded-key/published-001-passport-embedded-key.json",
    (text) => text.replace("embedded_key_rejected", "no_public_key"),
    "cause: expected",
  ],
  [
    "evidence/03-forged-source.json",
    (text) => text.replace("source_signature_invalid", "source_unsigned"),
    "evidence: expected",
  ],
  ["policy-bundle/good.json", (text) => text.replace("forbid(", "permit("), "outcome: expected"],
  [
    "peer-output/python-skill-nono-1.json",
    (text) => text.replace('"chain_link_malformed"', '"chain_break"'),
    "cause: expected",
  ],
  ["a2a-trust-header/happy-path.json", (text) => text.replace('"valid"', '"deny"'), "verdict: expected"],
])("%s: a verdict that is another fails", async (name, change, why) => {
  edit(name, change);
  const { failed } = await run(dir);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toContain(why);
});

test("an expectation that nobody here reads is told", async () => {
  edit("receipts/v2-decision.json", (text) => text.replace('"shape"', '"colour": "red", "shape"'));
  expect((await run(dir)).report).toEqual(["not read: receipts/v2-decision /expect/colour"]);
});

test("one category by its folder, by what its files say, and one that nobody knows", async () => {
  expect((await run(join(dir, "chains"))).count).toBe(12);
  renameSync(join(dir, "chains"), join(dir, "elsewhere"));
  expect((await run(join(dir, "elsewhere"))).count).toBe(12);
  renameSync(join(dir, "a2a-trust-header"), join(dir, "headers"));
  expect((await run(dir)).failed).toEqual(["headers: no category that is known here"]);
  await expect(run(join(dir, "nowhere"))).rejects.toThrow("cannot be read");
});
