// A box in a scratch folder for one test: a plan with small limits, run to its end, with what it said.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import {
  boxUser,
  closeInheritedDescriptors,
  DEFAULT_LIMITS,
  handOver,
  prepareBoxRoot,
  readSystem,
  startBox,
} from "../src/index.ts";
import type { Box, BoxEnd, BoxPlan } from "../src/index.ts";

// The test runner is no better than a shell: it may have left something open (S14).
closeInheritedDescriptors();

let count = 0;

/** A folder others can walk through, removed after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ces-box-"));
  chmodSync(folder, 0o711);
  onTestFinished(() => {
    // A box may leave folders nobody can enter.
    spawnSync("chmod", ["-R", "u+rwX", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A plan for `script` in a fresh root; `change` overrides parts of it. Host folders it can write belong to the box user. */
export function scratchPlan(script: string, change: Partial<BoxPlan> = {}): BoxPlan {
  count += 1;
  const run = `test-${process.pid}-${count}`;
  const user = boxUser(run);
  const root = prepareBoxRoot(join(scratchFolder(), "boxes"), run, user);
  const plan: BoxPlan = {
    run,
    root: root.path,
    user,
    bwrap: "/usr/bin/bwrap",
    system: readSystem(),
    tools: [],
    command: ["/bin/sh", "-c", script],
    cwd: "/workspace",
    env: {},
    home: { kind: "dir", path: root.home },
    files: {},
    masks: [],
    gates: [],
    lock: root.lock,
    keepOut: [],
    limits: { ...DEFAULT_LIMITS, wall_ms: 20_000, disk_free_bytes: 1 << 20, memory_free_bytes: 1 << 20 },
    ...change,
  };
  if (plan.tree !== undefined) handOver(plan.tree.source, user);
  return plan;
}

/** Writes files below a new folder: `{'src/a.js': 'text'}`; a name that ends in / is an empty folder. */
export function scratchTree(files: Readonly<Record<string, string>>): string {
  const tree = join(scratchFolder(), "tree");
  mkdirSync(tree);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(tree, name.endsWith("/") ? name : dirname(name)), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(tree, name), text);
  }
  return tree;
}

/** How a box ended and everything it said. */
export type BoxRun = { readonly end: BoxEnd; readonly out: string; readonly err: string };

/** Starts the plan, says go, and waits for its end. */
export async function runBox(plan: BoxPlan, input?: string): Promise<BoxRun> {
  return finish(await startBox(plan), input);
}

/** Says go, hands over the whole input if there is one, and waits. */
export async function finish(box: Box, input?: string): Promise<BoxRun> {
  const [out, err] = [readAll(box.stdout), readAll(box.stderr)];
  box.go();
  if (input !== undefined) box.stdin.end(input);
  return { end: await box.exited, out: await out, err: await err };
}

/** Runs a script and answers its standard output; the script must end with status 0. */
export async function say(script: string, change: Partial<BoxPlan> = {}): Promise<string> {
  const run = await runBox(scratchPlan(script, change));
  if (run.end.kind !== "exited" || run.end.code !== 0)
    throw new Error(`${JSON.stringify(run.end)}\n${run.err}\n${run.out}`);
  return run.out;
}

export async function readAll(stream: Readable): Promise<string> {
  let text = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) text += chunk as string; // setEncoding
  return text;
}
