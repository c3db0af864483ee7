// What /proc says about a process, so that it is found again and never mistaken for another (S33).
import { readdirSync, readFileSync } from "node:fs";

/** A process that cannot be mistaken: pid, clock ticks of its start since boot, and which boot. */
export type ProcessHandle = { readonly pid: number; readonly start_ticks: number; readonly boot_id: string };

/** One line of `/proc/<pid>/stat`, as far as we need it. */
export type ProcessStat = { readonly state: string; readonly parent: number; readonly startTicks: number };

/** The kernel's random id of this boot. */
export function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** State, parent and start of a process; undefined when there is none. */
export function processStat(pid: number): ProcessStat | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name may hold blanks and parentheses; what follows the last one does not. Field 3 is the state, 4 the parent, 22 the start.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "?", parent: Number(fields[1]), startTicks: Number(fields[19]) };
}

/** The handle of a living process; undefined when it is gone or a zombie. */
export function processHandle(pid: number): ProcessHandle | undefined {
  const stat = processStat(pid);
  return stat === undefined || isDead(stat) ? undefined : { pid, start_ticks: stat.startTicks, boot_id: bootId() };
}

/** True while the very process of the handle runs. */
export function isAlive(handle: ProcessHandle): boolean {
  const stat = processStat(handle.pid);
  return stat !== undefined && !isDead(stat) && stat.startTicks === handle.start_ticks && bootId() === handle.boot_id;
}

function isDead(stat: ProcessStat): boolean {
  return stat.state === "Z" || stat.state === "X";
}

/** The process and everything below it. Inside a pid name space orphans fall to its first process, so nothing is missed. */
export function processTree(pid: number): readonly number[] {
  const found = [pid];
  for (let at = 0; at < found.length; at += 1) found.push(...childrenOf(found[at] ?? 0));
  return found;
}

function childrenOf(pid: number): readonly number[] {
  const children: number[] = [];
  for (const thread of listProc(`/proc/${pid}/task`)) {
    const text = readProc(`/proc/${pid}/task/${thread}/children`) ?? "";
    for (const child of text.split(" ")) if (child !== "") children.push(Number(child));
  }
  return children;
}

/** Anonymous and shared memory of one process in bytes; pages shared by several are counted for each. */
export function processMemory(pid: number): number {
  const status = readProc(`/proc/${pid}/status`) ?? "";
  return 1024 * (kilobytes(status, "RssAnon") + kilobytes(status, "RssShmem"));
}

/** A `Name: N kB` line of /proc/<pid>/status or /proc/meminfo; 0 when missing. */
export function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
}

/** True once a process runs under a seccomp filter. */
export function isFiltered(pid: number): boolean {
  return /^Seccomp:\s+2$/m.test(readProc(`/proc/${pid}/status`) ?? "");
}

/** A file of /proc; undefined when its process is gone. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function listProc(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
