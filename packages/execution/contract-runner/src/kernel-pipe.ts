// A pipe of the kernel between two processes. Node makes socket pairs, which tell a writer whose reader left something else than a
// pipe does; a fifo is a pipe, and its name is gone before anybody uses it.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CesError } from "@ces/kernel";

/** Two descriptors of ours. */
export type KernelPipe = { readonly read: number; readonly write: number };

const MKFIFO = ["/usr/bin/mkfifo", "/bin/mkfifo"];

/** Makes `count` pipes. Throws CesError `BOX_PIPE` when the system has no `mkfifo`. */
export function kernelPipes(count: number): readonly KernelPipe[] {
  if (count === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "ces-pipe-"));
  try {
    const paths = Array.from({ length: count }, (_, at) => join(folder, `${at}`));
    make(paths);
    return paths.map(openBoth);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Closes both ends of all; a child that was given one has its own by then. */
export function closePipes(pipes: readonly KernelPipe[]): void {
  for (const { read, write } of pipes) for (const end of [read, write]) closeSync(end);
}

function make(paths: readonly string[]): void {
  const made = MKFIFO.some(
    (tool) => spawnSync(tool, ["-m", "600", ...paths], { env: {}, stdio: "ignore" }).status === 0,
  );
  if (!made) throw new CesError("BOX_PIPE", "a pipe could not be made", { remedy: "install coreutils" });
}

// Opened for both first: then neither end waits for the other.
function openBoth(path: string): KernelPipe {
  const both = openSync(path, "r+");
  try {
    return { read: openSync(path, "r"), write: openSync(path, "w") };
  } finally {
    closeSync(both);
  }
}
