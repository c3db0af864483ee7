// Holds the house of DESIGN §1 and STYLE: over every source file there is, and over faults planted on purpose.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheFolder, filesBelow, packages, root, type Package } from "../../scripts/workspace.ts";
import { diskReaders, processStarters } from "./disk-readers.ts";
import { isPure } from "./house.ts";
import * as importRules from "./import-rules.ts";
import type { Rule } from "./import-rules.ts";
import { faults, plantedRooms, spared, type Plant } from "./planted.ts";
import * as shapeRules from "./shape-rules.ts";
import { readSource, type SourceFile } from "./source-file.ts";

const { heavyOnStart, rings, ...perFileImports } = importRules;
const { furniture, ...perFileShapes } = shapeRules;
const rules: Readonly<Record<string, Rule>> = { ...perFileImports, ...perFileShapes };

const rooms = packages();
const files = rooms.flatMap(sourcesOf);

function sourcesOf(room: Package): SourceFile[] {
  return ["src", "test"].flatMap((part) =>
    filesBelow(join(root, room.folder, part))
      .map((file) => `${part}/${file}`)
      .filter((file) => /\.tsx?$/.test(file) && !/\.gen\.ts$|\/fixtures\//.test(file))
      .map((file) => readSource(room, file, readFileSync(join(root, room.folder, file), "utf8"))),
  );
}

function plant({ room: name, within, text }: Omit<Plant, "rule">): SourceFile {
  const room = plantedRooms.find((one) => one.name === name);
  if (!room) throw new Error(`no planted room ${name}`);
  return readSource(room, within ?? "src/plant.ts", text);
}

describe("the house", () => {
  test.for(Object.keys(rules))("every file keeps to: %s", (name) => {
    const wrong = files.flatMap((file) => (rules[name] as Rule)(file, rooms).map((text) => `${file.path}: ${text}`));
    expect(wrong).toEqual([]);
  });

  test("no packages import each other in a ring", () => expect(rings(files, rooms)).toEqual([]));

  test("what is heavy is loaded by the command that needs it", () => expect(heavyOnStart(files, rooms)).toEqual([]));

  test("every package has its furniture", () => expect(rooms.flatMap((room) => furniture(root, room))).toEqual([]));

  test("the lists of disk readers and process starters name files that exist", () => {
    const named = [...Object.keys(diskReaders), ...Object.keys(processStarters)];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("nine in ten files stay under 220 lines, nine in ten functions under 30", () => {
    const sources = files.filter(({ part }) => part === "src");
    const functions = sources.flatMap((file) => file.functionLines);
    console.log(sizeReport(sources, functions));
    expect(
      share(
        sources.map(({ lines }) => lines),
        220,
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(share(functions, 30)).toBeGreaterThanOrEqual(0.9);
  });
});

describe("planted faults are found", () => {
  test.for(faults)("$rule: $room $within $text", (fault) => {
    expect((rules[fault.rule] as Rule)(plant(fault), plantedRooms)).not.toEqual([]);
  });

  test("every rule has a planted fault", () => {
    expect(Object.keys(rules).filter((name) => !faults.some((fault) => fault.rule === name))).toEqual([]);
  });

  test.for(spared)("spared: $room $within $text", (innocent) => {
    expect(Object.values(rules).flatMap((rule) => rule(plant(innocent), plantedRooms))).toEqual([]);
  });

  test("a ring", () => {
    const ring = [
      plant({ room: "@ces/policy", text: 'import { a } from "@ces/workflow"' }),
      plant({ room: "@ces/workflow", text: 'import { b } from "@ces/policy"' }),
    ];
    expect(rings(ring, plantedRooms)).toHaveLength(2);
    expect(rings(ring.slice(1), plantedRooms)).toEqual([]);
  });

  test("a heavy import on the way to --version, through a package's index", () => {
    const index = plant({ room: "@ces/store", within: "src/index.ts", text: 'export { open } from "./open.ts"' });
    const open = plant({ room: "@ces/store", within: "src/open.ts", text: 'import { drizzle } from "drizzle-orm"' });
    const main = (text: string) => plant({ room: "@ces/cli", within: "src/main.ts", text });
    expect(heavyOnStart([main('import { open } from "@ces/store"'), index, open], plantedRooms)).toHaveLength(1);
    expect(heavyOnStart([main('const { open } = await import("@ces/store")'), index, open], plantedRooms)).toEqual([]);
  });

  test("a file that does not parse", () => {
    expect(() => plant({ room: "@ces/policy", text: "import {" })).toThrow("does not parse");
  });
});

describe("the pure program", () => {
  test("covers exactly the pure packages", () => {
    const covered = readFileSync(join(root, "tsconfig.pure.json"), "utf8");
    const patterns = [...covered.matchAll(/"(packages\/[^"]+)\/src"/g)].map(([, pattern]) => pattern ?? "");
    const matches = (folder: string) =>
      patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", "[^/]+")}$`).test(folder));
    expect(rooms.filter((room) => matches(room.folder) !== isPure(room)).map(({ folder }) => folder)).toEqual([]);
  });

  // All sources of all pure packages and one planted file: a dependency that drags node's types in shows here.
  test.for([
    ["node:fs", 'import { readFileSync } from "node:fs"; export const x = readFileSync'],
    ["process", "export const x = process.env"],
    ["Buffer", 'export const x = Buffer.from("a")'],
    ["setTimeout", "setTimeout(() => 1, 1); export {}"],
    ["console", "console.log(1); export {}"],
    ["TextEncoder", "export const x = new TextEncoder()"],
    ["fetch", 'export const x = fetch("https://example.com")'],
  ] as const)("does not know %s", ([name, text]) => {
    expect(compilePure(text)).toContain(name);
  });

  test("knows the language", () => expect(compilePure("export const x = [1].toSorted()")).toBe(""));
});

// The errors tsc has about one planted file in the pure program.
function compilePure(text: string): string {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, "pure-"));
  try {
    const sources = ["foundation", "control", "harness"].map((plane) => join(root, `packages/${plane}/*/src`));
    writeFileSync(join(folder, "planted.ts"), text);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.pure.json"),
        compilerOptions: { incremental: false, tsBuildInfoFile: null },
        include: ["planted.ts", ...sources],
      }),
    );
    const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
    return stdout
      .split("\n")
      .filter((line) => line.includes("planted.ts"))
      .join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function share(sizes: readonly number[], under: number): number {
  return sizes.length === 0 ? 1 : sizes.filter((size) => size < under).length / sizes.length;
}

function sizeReport(sources: readonly SourceFile[], functions: readonly number[]): string {
  const longest = sources
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, 5)
    .map(({ path, lines }) => `  ${lines}  ${path}`);
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    `${sources.length} files: median ${median(sources.map(({ lines }) => lines))} lines, ${percent(
      share(
        sources.map(({ lines }) => lines),
        220,
      ),
    )} under 220`,
    `${functions.length} functions: median ${median(functions)} lines, ${percent(share(functions, 30))} under 30`,
    ...longest,
  ].join("\n");
}

function median(sizes: readonly number[]): number {
  return sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
}
