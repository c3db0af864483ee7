// Who descends from a process, seen from the outside through /proc: for the question whether anything was left alive.
import { readdirSync, readFileSync } from "node:fs";

/** One process, by more than its pid: pids are used again. */
interface Seen {
  readonly pid: number;
  readonly born: string;
  readonly command: string;
}

export interface ProcessWatch {
  /** Commands of every descendant seen so far. */
  commands(): readonly string[];
  /** Those still alive now. */
  alive(): readonly string[];
  stop(): void;
}

/** Follows the descendants of `pid`, also those whose parent died in between, until `stop`. */
export function watchDescendants(pid: number): ProcessWatch {
  const family = new Map<number, Seen>();
  const look = (): void => {
    for (const [child, parent] of parents()) if (parent === pid || family.has(parent)) remember(family, child);
  };
  const timer = setInterval(look, 20);
  look();
  return {
    commands: () => [...family.values()].map(({ command }) => command),
    alive: () =>
      [...family.values()].filter((seen) => stat(seen.pid)?.born === seen.born).map(({ command }) => command),
    stop: () => clearInterval(timer),
  };
}

/** Commands of this whole machine that hold `text`: finds also what the watch was too slow to see start. */
export function commandsWith(text: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => commandOf(Number(name)))
    .filter((command) => command.includes(text));
}

function remember(family: Map<number, Seen>, pid: number): void {
  const now = stat(pid);
  if (now === undefined) return;
  family.set(pid, { pid, born: now.born, command: commandOf(pid) || (family.get(pid)?.command ?? "") });
}

function parents(): readonly (readonly [number, number])[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = stat(Number(name))?.parent;
      return parent === undefined ? [] : [[Number(name), parent] as const];
    });
}

// /proc/<pid>/stat: after the name in parentheses come state, parent, …; start time is the 20th field there. A zombie is dead.
function stat(pid: number): { readonly parent: number; readonly born: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : { parent: Number(fields[1]), born: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
