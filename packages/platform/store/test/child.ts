// Child processes of the tests: started under this node, read line by line, always ended.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";

export type Child = {
  readonly process: ChildProcess;
  readonly line: () => Promise<unknown>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
};

const running = new Set<ChildProcess>();

// Bundled once: a driver from sources takes a second to load, fifty of them a minute.
const bundle = join(import.meta.dirname, "..", "node_modules", ".cache", `driver-${process.pid}`);

export async function bundleDriver(): Promise<void> {
  await build({
    entry: [join(import.meta.dirname, "driver.ts")],
    outDir: bundle,
    format: "esm",
    platform: "node",
    dts: false,
    config: false,
    logLevel: "error",
    deps: { neverBundle: ["better-sqlite3"], alwaysBundle: [/^(?!better-sqlite3)/] },
  });
}

export function dropDriver(): void {
  rmSync(bundle, { recursive: true, force: true });
}

export function drive(mode: string, directory: string): Child {
  return start(process.execPath, [join(bundle, "driver.mjs"), mode, directory]);
}

export function start(program: string, args: readonly string[]): Child {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: { PATH: "/usr/bin:/bin" } });
  running.add(child);
  const ended = once(child, "exit").then(() => running.delete(child));
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    process: child,
    line: async () => {
      const { value, done } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
    kill: async (signal = "SIGKILL") => {
      child.kill(signal);
      if (signal !== "SIGSTOP" && signal !== "SIGCONT") await ended;
    },
  };
}

export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
