// What a person sees of the command line: help, errors, exit codes, one document.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../src/commands.gen.ts";
import { commandHelp } from "../src/help.ts";
import { lineText } from "../src/view/line.ts";
import { VERSION } from "../src/version.ts";
import { ces, scene, spawnCes } from "./run-ces.ts";

const bare = () => scene({ git: false });

test("the version is the package's", () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")).version);
});

test("--version answers before anything is loaded", async () => {
  expect(await spawnCes(bare(), ["--version"])).toMatchObject({ code: 0, out: `${VERSION}\n`, err: "" });
});

test("help of the root", async () => {
  const { code, out } = await ces(bare(), ["--help"]);
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot("snapshots/help.txt");
});

test.each(commands.map((row) => [row.path.join(" "), row] as const))("help of `ces %s`", async (name, row) => {
  const lines = commandHelp({ path: row.path, command: await row.load() })
    .map(lineText)
    .join("\n");
  await expect(`${lines}\n`).toMatchFileSnapshot(`snapshots/help-${name.replaceAll(" ", "-")}.txt`);
});

const mistakes: readonly (readonly string[])[] = [
  ["bulid"],
  ["audit", "verfy"],
  ["audit", "verfy", "--json"],
  ["keys"],
  ["status", "--exprt"],
  ["status", "surprise"],
  ["audit", "--limit"],
  ["audit", "--limit", "ten"],
  ["audit", "--limit", "0"],
  ["audit", "-e", "gossip"],
  ["audit", "--actor", "a", "--actor", "b"],
  ["audit", "--actor", "--json"],
  ["audit", "--after", "yesterday"],
  ["status", "--json", "--jsonl"],
  ["status", "--watch", "--json"],
  ["emergency", "declare"],
  ["explain"],
  ["--frobnicate"],
];

test("mistakes: one clear error, the next command, exit 2", async () => {
  const place = scene();
  const said: string[] = [];
  for (const words of mistakes) {
    const { code, out, err } = await ces(place, words);
    said.push(`$ ces ${words.join(" ")}\n${out}${err}exit ${code}`);
    expect({ words, code }).toEqual({ words, code: 2 });
  }
  await expect(`${said.join("\n\n").replaceAll(place.root, "ROOT")}\n`).toMatchFileSnapshot("snapshots/mistakes.txt");
});

describe("one document", () => {
  test.each([["status"], ["audit verify"], ["bulid"], ["status --frob"], ["--help"], ["keys list"]])(
    "`ces %s --json`",
    async (words) => {
      const { out, err, json } = await ces(scene(), [...words.split(" "), "--json"]);
      expect(json().schema).toMatch(/^ces\.[a-z.]+\/v1$/);
      expect(json().ok).toBe(json().error === undefined);
      expect(err).toBe("");
      expect(out.endsWith("}\n")).toBe(true);
    },
  );

  test("a known command's error carries its schema, also when its line is wrong", async () => {
    expect((await ces(scene(), ["status", "--frob", "--json"])).json()).toEqual({
      schema: "ces.status/v1",
      ok: false,
      error: { code: "USAGE_OPTION", message: "`ces status` has no option `--frob`", remedy: "ces status --help" },
    });
  });

  test("--jsonl closes with the same document in one line", async () => {
    const { out } = await ces(scene(), ["status", "--jsonl"]);
    expect(out.split("\n").filter((text) => text !== "")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ schema: "ces.status/v1", ok: true });
  });

  test("words after -- are words", async () => {
    expect((await ces(bare(), ["audit", "--", "--json"])).code).toBe(2);
  });
});

test("an option of one letter, an inline value, a dash in a value", async () => {
  const place = scene();
  await ces(place, ["keys", "enroll", "tester", "--may=hybrid"]);
  const { json } = await ces(place, ["audit", "-l1", "--actor=-nobody", "--json"]);
  expect(json().data["entries"]).toEqual([]);
});
