// The bridge inside a real box: bytes both ways, no debugger, signals and status passed on, not more connections than 32.
import { mkdirSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import type { BoxPlan } from "../src/index.ts";
import { runBox, scratchFolder, scratchPlan } from "./scratch-box.ts";

const SCRIPT = join(import.meta.dirname, "../src/bridge.entry.ts");
// Fetches through the port inside; node is what the bridge brings along.
const CONNECT = `const s = require('node:net').connect(8787, '127.0.0.1', () => s.end('hello')); s.pipe(process.stdout)`;

async function gate(onConnection: (socket: net.Socket) => void): Promise<string> {
  const folder = join(scratchFolder(), "gate");
  mkdirSync(folder, { mode: 0o755 });
  const server = net.createServer({ allowHalfOpen: true }, onConnection);
  onTestFinished(() => void server.close());
  await new Promise<void>(
    (resolve) =>
      void server.listen({ path: join(folder, "model.sock"), writableAll: true, readableAll: true }, resolve),
  );
  return folder;
}

async function bridged(folder: string, script: string): ReturnType<typeof runBox> {
  const change: Partial<BoxPlan> = {
    gates: [{ source: folder, inside: "/run/gate" }],
    bridge: {
      node: process.execPath,
      script: SCRIPT,
      forwards: [{ listen: "127.0.0.1:8787", socket: "/run/gate/model.sock" }],
    },
  };
  return runBox(scratchPlan(script, change));
}

describe.skipIf(bwrapOrSkip())("the bridge", () => {
  test("copies bytes both ways and ends with the command's status", async () => {
    const folder = await gate((socket) => socket.on("data", (data) => socket.end(`heard ${data.toString()}`)));
    const run = await bridged(folder, `/opt/ces/node -e "${CONNECT}"; exit 9`);
    expect([run.out, run.end]).toEqual(["heard hello", { kind: "exited", code: 9 }]);
  });

  test("the socket can be used, not replaced", async () => {
    const folder = await gate((socket) => socket.destroy());
    const run = await bridged(folder, "cd /run/gate; rm model.sock; mv model.sock x; ln -sf /tmp model.sock; ls");
    expect(run.out).toBe("model.sock\n");
  });

  test("S17: SIGUSR1 opens no port in it, and it lives on", async () => {
    const folder = await gate((socket) => socket.on("data", () => socket.end("alive")));
    const attack = `const n = require('node:net'); process.kill(process.argv[1], 'SIGUSR1'); setTimeout(() => { const s = n.connect(9229, '127.0.0.1', () => { console.log('OPEN'); process.exit() }); s.on('error', (e) => console.log(e.code)) }, 300)`;
    const run = await bridged(folder, `/opt/ces/node -e "${attack}" $PPID; /opt/ces/node -e "${CONNECT}"`);
    expect(run.out).toBe("ECONNREFUSED\nalive");
  });

  test("a death by signal is told as 128 and the signal, a missing command as 127", async () => {
    const folder = await gate((socket) => socket.destroy());
    expect((await bridged(folder, "kill -9 $$")).end).toEqual({ kind: "exited", code: 137 });
    expect((await bridged(folder, "exec /nowhere")).end).toEqual({ kind: "exited", code: 127 });
  });

  test("SIGTERM to the bridge reaches the command", async () => {
    const folder = await gate((socket) => socket.destroy());
    expect((await bridged(folder, 'trap "echo told; exit 4" TERM; kill -TERM $PPID; sleep 5 & wait')).out).toBe(
      "told\n",
    );
  });

  test("S29: more than 32 connections at once are not held", async () => {
    let most = 0;
    let open = 0;
    const folder = await gate((socket) => {
      open += 1;
      most = Math.max(most, open);
      socket
        .on("close", () => {
          open -= 1;
        })
        .on("error", () => undefined)
        .resume();
    });
    const many = `const n = require('node:net'); for (let i = 0; i < 200; i++) n.connect(8787, '127.0.0.1').on('error', () => {}); setTimeout(() => process.exit(), 500)`;
    await bridged(folder, `/opt/ces/node -e "${many}"`);
    expect(most).toBe(32);
  });
});
