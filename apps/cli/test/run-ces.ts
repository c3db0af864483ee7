// `ces` in this process: the real program over a real project, with its streams kept. What needs a process of its own starts one.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runProgram } from "../src/program.ts";
import { takeSecrets } from "../src/secrets.ts";
import { hasAgentMarker } from "../src/agent-markers.ts";

/** The one document. Lists of `data` are rows; whatever else stands there is compared whole. */
export type Said = {
  readonly schema: string;
  readonly ok: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
};

/** What a run said and how it ended. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string; readonly json: () => Said };

/** A list in the data of a run. */
export function rows(ran: Ran, name: string): readonly Readonly<Record<string, unknown>>[] {
  const list = ran.json().data[name];
  return Array.isArray(list) ? list : [];
}

/** A folder with its own state, configuration and home. */
export type Scene = { readonly root: string; readonly project: string; readonly env: Record<string, string> };

/** A scratch folder; with `git`, a repository with one commit. Gone when the test is. */
export function scene(given: { readonly git?: boolean } = {}): Scene {
  const root = mkdtempSync(join(tmpdir(), "ces-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const project = join(root, "shop");
  mkdirSync(project);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    XDG_STATE_HOME: join(root, "state"),
    XDG_CONFIG_HOME: join(root, "config"),
  };
  if (given.git !== false) {
    writeFileSync(join(project, "index.js"), "export const one = 1;\n");
    for (const words of ["init -q -b main", "add -A", "-c user.name=t -c user.email=t@localhost commit -q -m start"])
      spawnSync("git", words.split(" "), { cwd: project, env: { ...env, GIT_CONFIG_GLOBAL: "/dev/null" } });
  }
  return { root, project, env };
}

/** Runs a command line in this process. Nobody is at a terminal. */
export async function ces(
  place: Scene,
  words: readonly string[],
  more: { readonly env?: Record<string, string>; readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  const { secrets, env } = takeSecrets({ ...place.env, ...more.env });
  let out = "";
  let err = "";
  const code = await runProgram({
    argv: words[0] === "--help" ? words : ["--project-root", place.project, ...words],
    env,
    secrets,
    signal: more.signal ?? new AbortController().signal,
    stop: () => {},
    sinks: { out: (text) => void (out += text), err: (text) => void (err += text) },
    facts: { stdin: false, stdout: false, tty: false, agent_marker: hasAgentMarker(env), columns: 80 },
  });
  return { code, out, err, json: () => JSON.parse(out) };
}

const main = join(import.meta.dirname, "../src/main.ts");

/** Starts `ces` as a process of its own; `wrap` stands before it (`setsid`, `script`). */
export function spawnCes(
  place: Scene,
  words: readonly string[],
  more: { readonly env?: Record<string, string>; readonly input?: string; readonly wrap?: readonly string[] } = {},
): Promise<Ran> {
  const [program = process.execPath, ...args] = [...(more.wrap ?? []), process.execPath, main, ...words];
  const child = spawn(program, args, { cwd: place.project, env: { ...place.env, ...more.env } });
  child.stdin.end(more.input ?? "");
  return new Promise((resolve) => {
    let out = "";
    let err = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (err += bytes));
    child.on("close", (code) => resolve({ code: code ?? -1, out, err, json: () => JSON.parse(out) }));
  });
}
