// The acta suite reads everything it is given, and says so when it does not.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

const write = (name: string, content: unknown): void => {
  mkdirSync(join(dir, name, ".."), { recursive: true });
  writeFileSync(join(dir, name), typeof content === "string" ? content : JSON.stringify(content));
};
const example = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(dir, name), "utf8"));

test("a folder or a file that cannot be read fails alone", async () => {
  const { count } = await run(dir);
  write("receipts/broken.json", "{");
  write("jcs/no-text.json", { expect: { generic_jcs: "accept", canonical: "1" } });
  write("jcs/extra.json", { raw_json_text: "1", expect: { generic_jcs: "accept", canonical: "1" }, colour: "red" });
  write("jcs/good.json", { raw_json_hex: "31", expect: { generic_jcs: "accept", canonical: "1" } });
  mkdirSync(join(dir, "timeliness"));
  const after = await run(dir);
  expect(after.count).toBe(count + 5);
  expect(after.report).toContain("not read: jcs/extra /colour");
  expect(after.failed.map((line) => line.split(":")[0])).toEqual(["jcs/no-text", "receipts/broken", "timeliness"]);
});

test("folders inside are read, and other files are told", async () => {
  const { count } = await run(dir);
  write("chains/deeper/copy.json", example("chains/good.json"));
  write("chains/notes.txt", "nothing");
  expect(await run(dir)).toMatchObject({ count: count + 1, failed: [], report: ["not read: chains notes.txt"] });
});

test("nothing passes of which nothing was judged", async () => {
  write("receipts/mute.json", { ...example("receipts/v2-decision.json"), expect: { colour: "red" } });
  write("receipts/silent.json", { ...example("receipts/v2-decision.json"), expect: undefined });
  write("receipts/no-receipt.json", { expect: { outcome: "undecidable" } });
  expect((await run(dir)).failed).toHaveLength(3);
});

test.each<readonly [string, (file: Record<string, unknown>) => unknown]>([
  ["names and prose", ({ id: _, category: __, origin: ___, asserts: ____, ...rest }) => rest],
  ["a list of keys", (file) => ({ ...file, keys: (file["keys"] as { jwks: { keys: unknown } }).jwks.keys })],
  ["bytes", ({ receipt, ...rest }) => ({ ...rest, receipt_hex: Buffer.from(JSON.stringify(receipt)).toString("hex") })],
])("a receipt with other %s", async (_, change) => {
  write("receipts/v2-decision.json", change(example("receipts/v2-decision.json")));
  expect((await run(dir)).failed).toEqual([]);
});

test("policies as text, refused by whatever name, and a refusal that counts as an answer", async () => {
  write("skill-policy/text.json", {
    policy_files: { "p.yaml": "rules:\n  - {name: a, condition: {value: x}, action: allow}\n" },
    action: "x",
    expect: { allowed: true, policy_name: "a" },
  });
  write("skill-policy/tag.json", {
    policy_files: { "p.yaml": "rules: !!python/object:os.system x\n" },
    expect: { error: "yaml_tag" },
  });
  const rule = { name: "a", condition: { operator: "matches", value: "(a)\\1" }, action: "deny" };
  write("skill-policy/refused.json", {
    policy_files: { "p.yaml": { rules: [rule] } },
    action: "x",
    expect: { allowed: false, acceptable: ["policy_invalid"] },
  });
  expect(await run(dir)).toMatchObject({ failed: [], report: [] });
});

test("what the cases of a category share may stand in the project's copy alone", async () => {
  const shared = ["a2a-trust-header/_keys.json", "a2a-trust-header/schema", "suite-inputs/key.json"];
  for (const category of ["suite-inputs", "interop-draft01", "aps-gateway-enforcement"])
    cpSync(join(vectorsFolder, "acta", category), join(dir, category), { recursive: true });
  for (const name of [...shared, "interop-draft01/_expect.json", "aps-gateway-enforcement/_keys"])
    rmSync(join(dir, name), { recursive: true });
  expect(await run(dir)).toMatchObject({ failed: [], report: [] });
});

test("the folders of the categories may stand one deeper, beside files of another kind", async () => {
  const { count } = await run(dir);
  const outer = mkdtempSync(join(tmpdir(), "ces-acta-"));
  cpSync(dir, join(outer, "set"), { recursive: true });
  writeFileSync(join(outer, "set", "index.json"), '{"category":"chains"}');
  expect(await run(outer)).toMatchObject({ count, failed: [], report: ["not read: set index.json"] });
  rmSync(outer, { recursive: true });
});
