// Whatever a shell, editor or CI runner left open would pass through every wall as a piece of the host (S14).
import { closeSync, readdirSync, readFileSync } from "node:fs";

const O_CLOEXEC = 0o2000000;

/** Closes every descriptor above 2 that a child would inherit; returns their numbers. Call before anything else at start. */
export function closeInheritedDescriptors(): readonly number[] {
  const closed: number[] = [];
  for (const name of readdirSync("/proc/self/fd")) {
    const fd = Number(name);
    if (fd <= 2 || !isInherited(fd)) continue;
    closeSync(fd);
    closed.push(fd);
  }
  return closed;
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? "0";
    return (Number.parseInt(flags, 8) & O_CLOEXEC) === 0;
  } catch {
    return false; // the descriptor that listed the folder, closed by now
  }
}
