// What was used at the last run, so that a changed binary, upstream or folder is shown before it is used (S07).
import { join } from "node:path";
import { Remembered } from "./bindings.schema.ts";
import { atomicWrite, readOwned } from "./owned-file.ts";
import { unsafe } from "./owned-path.ts";

/** A fact that is not what it was; null: it was not there, or is not any more. */
export type Change = { readonly name: string; readonly before: string | null; readonly now: string | null };

/** Compares facts (name → value, never a secret) with those of the last run, and remembers the new ones. First run: no change. */
export function rememberFacts(stateDirectory: string, facts: Readonly<Record<string, string>>): readonly Change[] {
  const file = join(stateDirectory, "remembered.json");
  const before = read(file);
  const changes = before ? differences(before, facts) : [];
  if (!before || changes.length > 0)
    atomicWrite(file, `${JSON.stringify({ schema: "ces.remembered/v1", facts }, null, 2)}\n`);
  return changes;
}

function differences(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names
    .filter((name) => before[name] !== now[name])
    .map((name) => ({ name, before: before[name] ?? null, now: now[name] ?? null }));
}

function read(file: string): Readonly<Record<string, string>> | undefined {
  const bytes = readOwned(file);
  if (!bytes) return undefined;
  try {
    return Remembered.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).facts;
  } catch (error) {
    throw unsafe(`\`${file}\` is damaged`, error);
  }
}
