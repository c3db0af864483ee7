// go.sum and Gemfile.lock.
import { hostOf, lockEntry, readEntries, type LockEntry, type LockReading } from "./lock-entry.ts";

/** Reads go.sum: `module version h1:hash`, with lines for the go.mod alone left out. */
export function readGoSum(text: string): LockReading {
  const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
  if (rows.some((row) => row.length !== 3 && row.join("") !== ""))
    return { kind: "unreadable", why: "it is no go.sum" };
  return readEntries(
    rows
      .filter(([, version = ""]) => version !== "" && !version.endsWith("/go.mod"))
      .map(([name = "", version = "", hash = ""]) => lockEntry("Go", name, version, { integrity: hash })),
  );
}

/** Reads Gemfile.lock: sections GEM, GIT and PATH with their remotes, and the checksums if it has them. */
export function readGemfileLock(text: string): LockReading {
  const checksums = new Map(
    [...text.matchAll(/^ {2}(\S+ \([^)]+\)) (sha256=\S+)/gm)].map((found) => [found[1] ?? "", found[2] ?? ""]),
  );
  const entries: LockEntry[] = [];
  let [section, remote] = ["", ""];
  for (const line of text.split("\n")) {
    if (/^[A-Z]/.test(line)) [section, remote] = [line.trim(), ""];
    remote = /^ {2}remote: (.+)$/.exec(line)?.[1] ?? remote;
    const [, name, version] = /^ {4}(\S+) \(([^)]+)\)$/.exec(line) ?? [];
    if (name === undefined || version === undefined || !SOURCES.has(section)) continue;
    entries.push(
      lockEntry("RubyGems", name, version, {
        source: SOURCES.get(section) ?? "registry",
        host: hostOf(remote),
        integrity: checksums.get(`${name} (${version})`) ?? null,
      }),
    );
  }
  return /^(?:GEM|GIT|PATH|DEPENDENCIES)$/m.test(text)
    ? readEntries(entries)
    : { kind: "unreadable", why: "it is no Gemfile.lock" };
}

const SOURCES: ReadonlyMap<string, LockEntry["source"]> = new Map([
  ["GEM", "registry"],
  ["GIT", "git"],
  ["PATH", "file"],
]);
