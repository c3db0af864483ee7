// SECURITY: S21 — the proof that a person is there. The code is shown and read at the controlling terminal itself, so a pipe,
// a redirect, a `yes |` or a detached session cannot answer; a shell that an agent opened is refused before it is asked.
import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { isatty, ReadStream } from "node:tty";
import { printable } from "@ces/kernel";
import type { TerminalFacts } from "./terminal-facts.ts";

/** Shows `text` at /dev/tty and waits for `code`. False: no terminal, an agent's shell, another answer, or aborted. */
export async function challengePerson(
  text: string,
  code: string,
  given: { facts: TerminalFacts; signal: AbortSignal },
): Promise<boolean> {
  if (!given.facts.tty || given.facts.agent_marker || code === "") return false;
  const shown = printable(text, { newlines: "keep" });
  const typed = await readAtTty(`${shown}\ntype ${printable(code)} to confirm: `, given.signal);
  return typed !== null && typed.trim() === code;
}

async function readAtTty(prompt: string, signal: AbortSignal): Promise<string | null> {
  const fd = openTty();
  if (fd === null) return null;
  writeSync(fd, prompt);
  const input = new ReadStream(fd);
  const lines = createInterface({ input, terminal: false });
  try {
    return await lines.question("", { signal });
  } catch {
    return null;
  } finally {
    lines.close();
    input.destroy();
  }
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
