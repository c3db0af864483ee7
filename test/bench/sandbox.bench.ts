// The walls: `true` in a full box against `true`, and a whole session of the real claude, governed (box, gateway, gate,
// journal) against the same client on the host.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  boxUser,
  closeInheritedDescriptors,
  DEFAULT_LIMITS,
  handOver,
  prepareBoxRoot,
  readSystem,
  startBox,
} from "@ces/sandbox";
import { driveAgent, runtimeNamed, splitLines } from "@ces/runtimes";
import { scriptedModel } from "../support/e2e/client-lab.ts";
import { anthropicBrain, type Move } from "../support/e2e/model-brain.ts";
import { type ScratchShop, scratchShop } from "../support/e2e/scratch-shop.ts";
import { makeScratch, startClient } from "../support/lab/start-client.ts";
import { needClients } from "./clients.ts";
import { measure, over, takeTurns } from "./figures.ts";
import { build } from "./governed-build.ts";

const BOXES = 30;
const SESSIONS = 4;
const MODEL = "claude-sonnet-4-6";
/** Two requests: one edit, one last word. */
const moves: readonly Move[] = [
  { write: "src/users/validate.js", content: "export const isEmail = (text) => text.includes('@')\n" },
  { say: "done" },
];

closeInheritedDescriptors();
needClients();

await measure("sandbox", async () => {
  const scratch = mkdtempSync("/var/tmp/ces-bench-");
  chmodSync(scratch, 0o711); // the box user walks through it
  const shop = await scratchShop();
  const base = shop.git("rev-parse", "HEAD").trim();
  try {
    const boxed = await takeTurns(BOXES, { ours: trueInBox(scratch), plain: plainTrue });
    const sessions = await takeTurns(SESSIONS, { ours: () => governedSession(shop, base), plain: plainSession });
    return [
      over("`true` in a full box, plain `true`", boxed.ours, boxed.plain, 15),
      over("claude, two requests, governed, on the host", sessions.ours, sessions.plain, 100),
    ];
  } finally {
    shop.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
});

function trueInBox(scratch: string) {
  let count = 0;
  return async (): Promise<number> => {
    count += 1;
    const run = `bench-${process.pid}-${count}`;
    const user = boxUser(run);
    const root = prepareBoxRoot(join(scratch, "boxes"), run, user);
    const tree = join(root.path, "tree");
    mkdirSync(join(tree, "src"), { recursive: true });
    writeFileSync(join(tree, "package.json"), "{}");
    handOver(tree, user);
    const start = performance.now();
    const box = await startBox({
      run,
      root: root.path,
      user,
      bwrap: "/usr/bin/bwrap",
      system: readSystem(),
      tools: [],
      command: ["/usr/bin/true"],
      cwd: "/workspace",
      env: {},
      tree: {
        source: tree,
        writable: [{ kind: "dir", path: "src" }],
        protect: ["package.json"],
        dependencies: [],
        scratch: [],
      },
      home: { kind: "dir", path: root.home },
      files: { "/etc/ces-bench": "x" },
      masks: [],
      gates: [],
      lock: root.lock,
      limits: DEFAULT_LIMITS,
      keepOut: [],
    });
    box.go();
    const end = await box.exited;
    const took = performance.now() - start;
    if (end.kind !== "exited" || end.code !== 0) throw new Error(JSON.stringify(end));
    return took;
  };
}

function plainTrue(): Promise<void> {
  return new Promise(
    (resolve, reject) =>
      void spawn("/usr/bin/true", { stdio: "pipe", env: {} }).once("close", (code) =>
        code === 0 ? resolve() : reject(new Error(`true: ${code}`)),
      ),
  );
}

/** From the beginning of the agent's stage to its end: box, gateway, journal and all. */
async function governedSession(shop: ScratchShop, base: string): Promise<number> {
  shop.git("reset", "-q", "--hard", base);
  const model = await scriptedModel("claude", { moves });
  try {
    return (await build(shop, model)).agent;
  } finally {
    await model.close();
  }
}

/** The same client with the same arguments and an answer to every question, and nothing around it. */
async function plainSession(): Promise<number> {
  const scratch = makeScratch();
  const fake = await anthropicBrain({
    moves: moves.map((move) =>
      "write" in move
        ? { raw: { tool: "Write", input: { file_path: join(scratch.repo, move.write), content: move.content } } }
        : move,
    ),
  });
  mkdirSync(dirname(join(scratch.repo, "src/users/x")), { recursive: true });
  try {
    const task = {
      prompt: "go",
      system: "You work under a contract.",
      model: MODEL,
      session_id: crypto.randomUUID(),
      purpose: "implement",
      json_schema: null,
      max_turns: null,
      cassette: null,
    } as const;
    const runtime = runtimeNamed("claude");
    const plan = runtime.launch(task, {
      cwd: scratch.repo,
      workspace: scratch.repo,
      home: scratch.home,
      modelUrl: fake.url,
      program: process.env["CES_TEST_CLAUDE_BIN"] ?? "",
    });
    const start = performance.now();
    const { child, ended } = startClient(plan, scratch);
    const io = {
      lines: splitLines(child.stdout),
      send: (line: string) => void child.stdin.write(`${line}\n`),
      closeInput: () => void child.stdin.end(),
    };
    const end = await driveAgent(runtime, io, task, {
      decide: () => Promise.resolve({ kind: "allow" }),
      report: () => undefined,
      activity: () => undefined,
      signal: new AbortController().signal,
    });
    await ended;
    const took = performance.now() - start;
    if (end.outcome !== "completed") throw new Error(`the client ended ${end.outcome}: ${end.reason?.text}`);
    return took;
  } finally {
    await fake.close();
    scratch.remove();
  }
}
