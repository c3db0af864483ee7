// What holds for each command, whoever wrote it.
import { describe, expect, test } from "vitest";
import { commands } from "../src/commands.gen.ts";
import { groups } from "../src/define-command.ts";
import { exitMeaning } from "../src/exit-codes.ts";
import { findCommand } from "../src/find-command.ts";
import { allOptions, globalOptions } from "../src/global-options.ts";
import { readLine } from "../src/read-line.ts";
import { shellWords } from "./shell-words.ts";

describe.each(commands.map((row) => [row.path.join(" "), row] as const))("ces %s", (name, row) => {
  test("declares itself whole", async () => {
    const command = await row.load();
    expect(groups).toContain(command.group);
    expect(command.summary).toMatch(/^[a-z].*[^.]$/);
    expect(command.exits).toContain(0);
    for (const code of command.exits) expect(exitMeaning[code]).toBeDefined();
    expect(new Set(command.exits).size).toBe(command.exits.length);
  });

  test("its options are named once and mean what they mean everywhere", async () => {
    const { options } = await row.load();
    expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
    const shorts = allOptions(options).flatMap(({ short }) => short ?? []);
    expect(new Set(shorts).size).toBe(shorts.length);
    for (const option of options) {
      expect(option.name).toMatch(/^[a-z][a-z0-9-]*$/);
      const global = globalOptions.find((one) => one.name === option.name);
      if (global) expect(option.kind).toBe(global.kind);
    }
  });

  test("its required arguments come first", async () => {
    const { args } = await row.load();
    const required = args.map((arg) => arg.required === true);
    expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
  });

  test("its examples are command lines of it", async () => {
    const command = await row.load();
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { line } of command.examples) {
      const [ces, ...words] = shellWords(line.replaceAll("…", ""));
      expect(ces).toBe("ces");
      const found = findCommand(words, commands);
      if (found.kind !== "command") throw new Error(`${line}: ${found.kind}`);
      expect(found.row.path).toEqual(row.path);
      readLine(found.rest, { name, args: command.args, rest: command.rest, options: allOptions(command.options) });
    }
  });
});
