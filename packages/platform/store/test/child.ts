// Child processes of the tests: started under this node, read line by line, always ended.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";

export type Child = { readonly process: ChildProcess; readonly line: () => Promise<unknown>; readonly kill: (signal?: NodeJS.Signals) => Promise<void> };

const running = new Set<ChildProcess>();

export function drive(mode: string, directory: string): Child {
  return start(process.execPath, [join(import.meta.dirname, "driver.ts"), mode, directory]);
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
