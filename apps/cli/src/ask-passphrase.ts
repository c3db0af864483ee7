// A passphrase, typed at the controlling terminal and not shown. Never from an argument, a pipe or the environment: those are other people's to see.
import { closeSync, openSync, writeSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
import { printable } from "@ces/kernel";
import type { TerminalFacts } from "./terminal-facts.ts";

/** The most that is read. */
const MOST = 1024;

/** What was typed after `text`. Null: no terminal, an agent's shell, Ctrl-C or Ctrl-D, or aborted. */
export async function askPassphrase(
  text: string,
  given: { readonly facts: TerminalFacts; readonly signal: AbortSignal },
): Promise<string | null> {
  if (!given.facts.tty || given.facts.agent_marker) return null;
  const fd = openTty();
  if (fd === null) return null;
  const input = new ReadStream(fd);
  try {
    // SECURITY: raw, so that the terminal shows nothing; and before the question, because a fast hand would be shown until then.
    input.setRawMode(true);
    writeSync(fd, `${printable(text)}: `);
    return await typed(input, given.signal);
  } finally {
    input.setRawMode(false);
    writeSync(fd, "\n");
    input.destroy();
  }
}

function typed(input: ReadStream, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    let so_far = "";
    signal.addEventListener("abort", () => resolve(null), { once: true });
    input.on("end", () => resolve(null));
    input.on("data", (bytes) => {
      for (const letter of bytes.toString("utf8")) {
        if (letter === "\r" || letter === "\n") return resolve(so_far);
        if (letter === "\u0003" || letter === "\u0004") return resolve(null);
        so_far = letter === "\u007f" || letter === "\b" ? [...so_far].slice(0, -1).join("") : so_far + letter;
        if (so_far.length > MOST) return resolve(null);
      }
    });
  });
}

function openTty(): number | null {
  try {
    const fd = openSync("/dev/tty", "r+");
    if (isatty(fd)) return fd;
    closeSync(fd);
    return null;
  } catch {
    return null;
  }
}
