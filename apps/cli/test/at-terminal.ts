// `ces` on a pty made by script(1), with somebody (or something) typing at it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Scene } from "./run-ces.ts";

const main = join(import.meta.dirname, "../src/main.ts");

/** Runs `ces` on a pty; `type` says what to type when the screen so far holds something. */
export function atTerminal(
  place: Scene,
  words: readonly string[],
  type: (screen: string) => string | null,
  env: Record<string, string> = {},
): Promise<{ code: number; screen: string }> {
  const line = [process.execPath, main, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("/usr/bin/script", ["-qec", line, "/dev/null"], {
    cwd: place.project,
    env: { ...place.env, TERM: "xterm", ...env },
  });
  let screen = "";
  const typed = new Set<string>();
  child.stdout.on("data", (bytes) => {
    screen += bytes;
    const answer = type(screen);
    if (answer !== null && !typed.has(answer)) {
      typed.add(answer);
      child.stdin.write(answer);
    }
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, screen })));
}

/** The code that the screen asks for. */
export const codeIn = (screen: string): string | undefined => /type ([0-9a-f]{6}) to confirm/.exec(screen)?.[1];
