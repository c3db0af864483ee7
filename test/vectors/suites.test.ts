// Every vector suite over the project's copy, and the runner over folders that are not what it expects.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadSuite, runSuite, suiteNames, vectorsFolder } from "./run-suite.ts";

test.each(suiteNames())("suite %s holds over the project copy", async (name) => {
  const runs = await runSuite(await loadSuite(name));
  expect(runs.filter(({ result }) => result.kind === "fail")).toEqual([]);
});

describe("pnpm vectors", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "ces-vectors-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const vectors = (...args: readonly string[]) => {
    const script = join(vectorsFolder, "../../scripts/vectors.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    return { status, stdout, stderr };
  };
  const edit = (name: string, change: (text: string) => string) => {
    const path = join(dir, "jcs", name);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  const copyJcs = () => cpSync(join(vectorsFolder, "acta/jcs"), join(dir, "jcs"), { recursive: true });

  test("closes with the count, over the copy, the same folder elsewhere and the folder above", () => {
    copyJcs();
    const good = { status: 0, stdout: "18 passed, 0 failed\n", stderr: "" };
    expect(vectors("jcs")).toEqual(good);
    expect(vectors("jcs", "--dir", join(dir, "jcs"))).toEqual(good);
    expect(vectors("jcs", "--dir", dir)).toEqual(good);
  });

  test("lists each failing case with its reason", () => {
    copyJcs();
    edit("negative-zero.json", (text) => text.replace('"canonical": "{', '"canonical": "{ '));
    edit("overflow-number.json", (text) =>
      text
        .replace('"reject"', '"accept"')
        .replace('"cause": "number_out_of_range"', '"canonical": "{}", "receipt_profile": "reject"'),
    );
    const { status, stdout } = vectors("jcs", "--dir", dir);
    expect(status).toBe(1);
    expect(stdout).toContain("FAIL negative-zero: canonical: expected");
    expect(stdout).toContain('FAIL overflow-number: generic_jcs: expected "accept", got "reject"');
    expect(stdout).toMatch(/\n16 passed, 2 failed\n$/);
  });

  test.each([
    ["an unknown suite", ["nope"], "there is no suite `nope`; suites: "],
    ["no suite", [], "usage: pnpm vectors SUITE [--dir DIR]; suites: "],
    ["an unknown option", ["jcs", "--fast"], "--fast"],
    ["a folder that is not there", ["jcs", "--dir", join(tmpdir(), "ces-no-such-folder")], "cannot be read"],
  ])("%s is one error, exit 2", (_, args, message) => {
    const { status, stdout, stderr } = vectors(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("an empty folder, an unknown key and broken JSON are errors, not passes", () => {
    expect(vectors("jcs", "--dir", dir)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("holds no vector files"),
    });
    copyJcs();
    edit("float-one.json", (text) => text.replace('"asserts"', '"surprise": 1, "asserts"'));
    const unknown = vectors("jcs", "--dir", dir);
    expect(unknown.stdout).toContain("float-one.json has the unknown key `surprise`");
    expect(unknown.status).toBe(1);
    edit("float-one.json", () => "{");
    expect(vectors("jcs", "--dir", dir)).toMatchObject({ status: 2, stderr: expect.stringContaining("is not JSON") });
  });
});
