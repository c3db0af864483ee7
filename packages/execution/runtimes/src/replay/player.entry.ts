// The player of `replay`: a small program that runs inside the box and does recorded steps, each after the host's yes.
// One file, only node's own modules, because it is mounted alone. Lines of JSON on its standard streams.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";

type PlayedStep =
  | { readonly kind: "say"; readonly text: string }
  | {
      readonly kind: "call";
      readonly tool: "Write" | "Edit" | "Read" | "Bash";
      readonly input: Readonly<Record<string, string>>;
    };

type FromHost =
  | { readonly type: "play"; readonly steps: readonly PlayedStep[] }
  | { readonly type: "verdict"; readonly id: string; readonly allow: boolean; readonly reason: string }
  | { readonly type: "stop" };

interface Done {
  readonly ok: boolean;
  readonly exit_code: number | null;
  readonly output: string;
}

const verdicts = new Map<string, (message: { readonly allow: boolean; readonly reason: string }) => void>();
let running: ChildProcess | null = null;
let stopped = false;

const send = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

async function play(steps: readonly PlayedStep[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (stopped) break;
    if (step.kind === "say") send({ type: "say", text: step.text });
    else await playCall(`call-${index + 1}`, step);
  }
  send({ type: "end", stopped });
}

async function playCall(id: string, step: Extract<PlayedStep, { kind: "call" }>): Promise<void> {
  const answer = new Promise<{ allow: boolean; reason: string }>((resolve) => verdicts.set(id, resolve));
  send({ type: "ask", id, tool: step.tool, input: step.input });
  const { allow, reason } = await answer;
  if (!allow || stopped) return send({ type: "done", id, ok: false, ran: false, exit_code: null, output: reason });
  const done = await act(step).catch((error: unknown): Done => ({ ok: false, exit_code: null, output: `${error}` }));
  send({ type: "done", id, ran: true, ...done });
}

async function act({ tool, input }: Extract<PlayedStep, { kind: "call" }>): Promise<Done> {
  const { path = "", content = "", old = "", command = "" } = input;
  switch (tool) {
    case "Write":
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return wrote(path);
    case "Edit":
      return edit(path, old, input["new"] ?? "");
    case "Read":
      return { ok: true, exit_code: null, output: cut(readFileSync(path, "utf8")) };
    case "Bash":
      return run(command);
    default:
      return tool satisfies never;
  }
}

const wrote = (path: string): Done => ({ ok: true, exit_code: null, output: `wrote ${path}` });

function edit(path: string, old: string, replacement: string): Done {
  const parts = readFileSync(path, "utf8").split(old);
  if (old === "" || parts.length !== 2)
    return { ok: false, exit_code: null, output: `the text is in ${path} ${old === "" ? 0 : parts.length - 1} times` };
  writeFileSync(path, parts.join(replacement));
  return wrote(path);
}

function run(command: string): Promise<Done> {
  return new Promise((resolve) => {
    const child = spawn("/bin/bash", ["-c", command], { stdio: ["ignore", "pipe", "pipe"], detached: true });
    running = child;
    let output = "";
    const take = (chunk: Buffer): void => {
      if (output.length < 64_000) output += chunk.toString();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => resolve({ ok: false, exit_code: null, output: `${error}` }));
    child.on("close", (code) => resolve({ ok: code === 0, exit_code: code, output: cut(output) }));
  });
}

const cut = (text: string): string => text.slice(0, 64_000);

function stop(): void {
  stopped = true;
  // The whole group: a child of the shell holds its pipes.
  if (running?.pid !== undefined && running.exitCode === null) process.kill(-running.pid, "SIGKILL");
  for (const resolve of verdicts.values()) resolve({ allow: false, reason: "stopped" });
}

const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
input.on("line", (line) => {
  const message = JSON.parse(line) as FromHost; // The host's own words; a bad one ends the player.
  if (message.type === "play") void play(message.steps);
  else if (message.type === "verdict") verdicts.get(message.id)?.(message);
  else stop();
});
// No host, no permission: nothing goes on by itself.
input.on("close", () => process.exit(stopped ? 1 : 0));
send({ type: "ready", version: "1" });
