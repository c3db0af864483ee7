// Limits as asked and as found: the first process reads its own back before anything starts; what does not bind is said so.
import type { BoxLimits } from "./plan.ts";

/** A limit, what was asked, whether it was found to hold, and who holds it. */
export type BoundLimit = {
  readonly name: string;
  readonly asked: string;
  readonly bound: boolean;
  readonly held_by: "kernel" | "watcher";
};

/** Joins the asked limits with the `limit …` lines of the start script's report (`/proc/self/limits`). */
export function boundLimits(limits: BoxLimits, report: string): readonly BoundLimit[] {
  const kernel = (name: string, row: string, asked: number): BoundLimit => {
    const [soft, hard] = new RegExp(`^limit ${row}\\s+(\\S+)\\s+(\\S+)`, "m").exec(report)?.slice(1) ?? [];
    return { name, asked: `${asked}`, bound: soft === `${asked}` && hard === `${asked}`, held_by: "kernel" };
  };
  return [
    kernel("core_bytes", "Max core file size", 0),
    kernel("file_bytes", "Max file size", Math.max(1, Math.floor(limits.file_bytes / 512)) * 512),
    kernel("open_files", "Max open files", limits.open_files),
    kernel("processes", "Max processes", limits.processes),
    ...(limits.data_bytes === undefined
      ? []
      : [kernel("data_bytes", "Max data size", Math.max(1, Math.floor(limits.data_bytes / 1024)) * 1024)]),
    ...(limits.cpu_seconds === undefined ? [] : [kernel("cpu_seconds", "Max cpu time", limits.cpu_seconds)]),
    ...(["tmp_bytes", "shm_bytes"] as const).map((name): BoundLimit => ({
      name,
      asked: `${limits[name]}`,
      bound: true,
      held_by: "kernel",
    })),
    ...WATCHED.map((name): BoundLimit => ({ name, asked: `${limits[name]}`, bound: true, held_by: "watcher" })),
  ];
}

const WATCHED = [
  "wall_ms",
  "disk_bytes",
  "disk_inodes",
  "disk_free_bytes",
  "memory_free_bytes",
  "memory_bytes",
] as const;
