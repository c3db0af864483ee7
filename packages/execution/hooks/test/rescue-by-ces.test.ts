// Copies by a process of its own: everything is kept, or it is said why not.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rescue } from "@ces/guard";
import { expect, test } from "vitest";
import { hostOf } from "../src/hosts.ts";
import { keepWords, rescueByCes } from "../src/rescue-by-ces.ts";
import { folder } from "./folder.ts";
import { bytes, judgedCall, shellEvents } from "./told.ts";

const rescues: readonly Rescue[] = [
  { kind: "path", path: "/w/-a b" },
  { kind: "worktree", dir: "/w", ignored: false },
  { kind: "path", path: "/w/-a b" },
  { kind: "worktree", dir: "/v", ignored: true },
];

test("names each path once, and what git would lose of each work tree", () => {
  expect(keepWords(rescues)).toEqual([
    ["trash", "keep", "--", "/w/-a b"],
    ["trash", "keep", "--worktree", "untracked", "--", "/w"],
    ["trash", "keep", "--worktree", "ignored", "--", "/v"],
  ]);
  expect(keepWords([])).toEqual([]);
});

function ran(script: string, milliseconds = 5_000) {
  const { root, home, project } = folder();
  const main = join(root, "main.mjs");
  writeFileSync(main, script);
  const event = shellEvents.claude("x", project);
  const call = judgedCall(
    hostOf("claude")?.readCall(bytes({ ...event, session_id: "s 1/é" })) ?? { kind: "other", tool: "" },
  );
  const env = { HOME: home, PATH: process.env["PATH"], NODE_OPTIONS: "--bad", SECRET: "x", OUT: join(root, "out") };
  return { said: rescueByCes({ node: process.execPath, main, env })(rescues, call, milliseconds), root, home, project };
}

const script = (rest: string): string =>
  `import { appendFileSync } from "node:fs"; import { join } from "node:path"; const out = join(process.env.HOME, "out");\n${rest}`;

test("runs where the command would, with what it needs of the environment and nothing else", () => {
  const { said, home, project } = ran(
    script(
      `appendFileSync(out, JSON.stringify([process.argv.slice(2), process.cwd(), Object.keys(process.env).sort(), process.env.CES_SESSION_ID, process.env.CES_COMMAND_ID]) + "\\n");`,
    ),
  );
  expect(said).toEqual({ kind: "kept" });
  const lines = readFileSync(join(home, "out"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(([words]) => words)).toEqual(keepWords(rescues));
  expect(lines[0].slice(1)).toEqual([project, ["CES_COMMAND_ID", "CES_SESSION_ID", "HOME", "PATH"], "s_1__", "t1"]);
});

test("stops at the first that fails, and says why", () => {
  const { said, home } = ran(
    script(`appendFileSync(out, "x"); console.error("no space left\\nmore"); process.exit(3);`),
  );
  expect(said).toEqual({ kind: "failed", why: "no space left" });
  expect(readFileSync(join(home, "out"), "utf8")).toBe("x");
});

test("what takes too long, or cannot be started, is no copy", () => {
  expect(ran("setTimeout(() => {}, 60_000);", 300).said).toEqual({ kind: "failed", why: "it took too long" });
  expect(ran("}").said).toMatchObject({ kind: "failed" });
  expect(ran("", 0).said).toEqual({ kind: "failed", why: "there was no time left for it" });
});
