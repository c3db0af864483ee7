// What changed between two states of a lockfile, and what of it is a trick: the same version with other bytes, the same package from elsewhere.
import { packageKey } from "../package-key.ts";
import type { LockEntry } from "./lock-entry.ts";

/** One change. `rehashed`: the same version, another hash. `moved`: another host or kind of source. */
export interface LockChange {
  readonly kind: "added" | "removed" | "bumped" | "rehashed" | "moved" | "unhashed";
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Changes in the order of their names. Entries with one name are compared as a set of versions. */
export function lockfileDrift(before: readonly LockEntry[], after: readonly LockEntry[]): readonly LockChange[] {
  const [old, fresh] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  return names.flatMap((name) => changesOf(old.get(name) ?? [], fresh.get(name) ?? []));
}

/** True for changes that no honest update makes (guard §2.13: high, and the old lockfile is put back). */
export const isTampering = ({ kind }: LockChange): boolean => kind === "rehashed" || kind === "unhashed";

function byName(entries: readonly LockEntry[]): ReadonlyMap<string, readonly LockEntry[]> {
  const groups = new Map<string, LockEntry[]>();
  for (const entry of entries) {
    const key = `${entry.ecosystem}\n${packageKey(entry.ecosystem, entry.name)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  return groups;
}

function changesOf(before: readonly LockEntry[], after: readonly LockEntry[]): readonly LockChange[] {
  const name = (after[0] ?? before[0])?.name ?? "";
  const versions = (entries: readonly LockEntry[]): string =>
    [...new Set(entries.map(({ version }) => version ?? "?"))].toSorted().join(", ");
  const [had, has] = [versions(before), versions(after)];
  if (before.length === 0) return [{ kind: "added", name, before: null, after: has }];
  if (after.length === 0) return [{ kind: "removed", name, before: had, after: null }];
  const kept = after.flatMap((entry) => keptChanges(before, entry));
  return had === has ? kept : [{ kind: "bumped", name, before: had, after: has }, ...kept];
}

function keptChanges(before: readonly LockEntry[], entry: LockEntry): readonly LockChange[] {
  const { name } = entry;
  const same = before.filter(({ version }) => version === entry.version);
  const hashes = same.map(({ integrity }) => integrity).filter((hash) => hash !== null);
  const changes: LockChange[] = [];
  if (hashes.length > 0 && entry.integrity === null)
    changes.push({ kind: "unhashed", name, before: hashes[0] ?? null, after: null });
  else if (hashes.length > 0 && !hashes.some((hash) => sameHash(hash, entry.integrity ?? "")))
    changes.push({ kind: "rehashed", name, before: hashes[0] ?? null, after: entry.integrity });
  const places = before.map(placeOf);
  if (!places.includes(placeOf(entry)) && !(entry.host === null && entry.source === "registry"))
    changes.push({ kind: "moved", name, before: places[0] ?? null, after: placeOf(entry) });
  return changes;
}

// One file may be known by several hashes; one in common is enough.
function sameHash(left: string, right: string): boolean {
  const known = new Set(left.split(/\s+/));
  return right.split(/\s+/).some((hash) => known.has(hash));
}

const placeOf = ({ source, host }: LockEntry): string => (host === null ? source : `${source} ${host}`);
