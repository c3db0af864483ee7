// Makes the hook's snapshot in the guard's own state: what every call would load and prove again is loaded and proven once.
import { execFile } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { BUILD_FLAGS, type GuardPlaces, ownState, snapshotScript, warmFiles } from "@ces/hooks";

/** Where the snapshot is. */
export const snapshotPath = ({ state }: GuardPlaces): string => join(state, "guard-hook.blob");

/** What the snapshot was made of. */
export interface SnapshotNote {
  readonly node: string;
  readonly size: number;
  readonly mtime: number;
  /** Size of the snapshot itself: half a file is none. */
  readonly bytes: number;
}

const notePath = (places: GuardPlaces): string => `${snapshotPath(places)}.json`;

/** Builds it from the bundled entry; null when it was made, else why it could not be: hooks then start from the file. */
export async function buildSnapshot(places: GuardPlaces, entry: string): Promise<string | null> {
  ownState(places);
  const blob = snapshotPath(places);
  const script = `${blob}.${process.pid}.cjs`;
  const fresh = `${blob}.${process.pid}`;
  const home = `${blob}.${process.pid}.home`;
  const { size, mtimeMs } = lstatSync(entry);
  try {
    const of = { path: entry, stamp: { size, mtime: mtimeMs } };
    writeFileSync(script, snapshotScript(readFileSync(entry, "utf8"), of), { mode: 0o600 });
    putFiles(home, warmFiles);
    const words = [...BUILD_FLAGS, "--snapshot-blob", fresh, "--build-snapshot", script];
    await promisify(execFile)(process.execPath, words, {
      env: { HOME: home, PATH: "/usr/bin:/bin" },
      cwd: "/",
      timeout: 60_000,
    });
    chmodSync(fresh, 0o600);
    renameSync(fresh, blob);
    const note: SnapshotNote = { node: process.version, size, mtime: mtimeMs, bytes: lstatSync(blob).size };
    writeFileSync(notePath(places), JSON.stringify(note), { mode: 0o600 });
    return null;
  } catch (error) {
    rmSync(blob, { force: true });
    return error instanceof Error ? (error.message.split("\n")[0] ?? "unknown") : "unknown";
  } finally {
    rmSync(script, { force: true });
    rmSync(fresh, { force: true });
    rmSync(home, { force: true, recursive: true });
  }
}

function putFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { mode: 0o700, recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o600 });
  }
}

/** Whether the snapshot is of this entry and this node. `none`: there is none. */
export function snapshotState(places: GuardPlaces, entry: string): "fresh" | "stale" | "none" {
  const blob = lstatSync(snapshotPath(places), { throwIfNoEntry: false });
  if (blob?.isFile() !== true) return "none";
  const { size, mtimeMs } = lstatSync(entry);
  const { node, ...of } = noteOf(places) ?? {};
  const fresh = node === process.version && of.size === size && of.mtime === mtimeMs && of.bytes === blob.size;
  return fresh ? "fresh" : "stale";
}

function noteOf(places: GuardPlaces): Partial<SnapshotNote> | undefined {
  try {
    return JSON.parse(readFileSync(notePath(places), "utf8"));
  } catch {
    return undefined;
  }
}
