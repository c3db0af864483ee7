// Every call that changes the disk passes here first: a test can kill the process, or fail the call, between any two of them.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const changing = [
  "chmodSync",
  "copyFileSync",
  "fchmodSync",
  "fchownSync",
  "fsyncSync",
  "ftruncateSync",
  "futimesSync",
  "lchownSync",
  "linkSync",
  "lutimesSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "symlinkSync",
  "truncateSync",
  "unlinkSync",
  "utimesSync",
  "writeSync",
] as const;

/** Called before each; `real` carries it out. What it returns is the answer. */
export type Intercept = (name: string, args: readonly unknown[], real: () => unknown) => unknown;

/** Puts `before` in front of every changing call of node:fs; the answer takes it away. */
export function interceptWrites(before: Intercept): () => void {
  const table = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = changing.map((name) => [name, table[name]!] as const);
  for (const [name, original] of originals) {
    table[name] = (...args) => {
      const real = (): unknown => original.apply(fs, args);
      return name === "openSync" && !creates(args[1]) ? real() : before(name, args, real);
    };
  }
  syncBuiltinESMExports();
  return () => {
    for (const [name, original] of originals) table[name] = original;
    syncBuiltinESMExports();
  };
}

function creates(flags: unknown): boolean {
  return typeof flags === "number" && (flags & fs.constants.O_CREAT) !== 0;
}
