// What a change of dependencies really changed, for the evidence: two states of manifest and lockfile, read as frozen objects, held
// against what the person asked for and against what is known of packages.
import {
  type DependencyJudgement,
  type InstallGround,
  isTampering,
  judgeDependencyChange,
  type LockChange,
  type LockEntry,
  manifestRequirements,
  readLockfile,
} from "@ces/guard";
import { type Json, parseJson, printable } from "@ces/kernel";
import type { DependencyWish, Observation, RunRecord } from "@ces/records";
import { observe, type Sighting } from "@ces/sensors";
import { type Installer, specOf } from "../installers/installer.ts";
import { installerOf } from "../installers/table.ts";
import { isStop, sentence } from "./judge-wish.ts";

/** Texts of manifest and lockfile before and after; null where there is no such file. */
export interface DependencyFiles {
  readonly manifest: { readonly path: string; readonly before: string | null; readonly after: string | null };
  readonly lock: { readonly path: string; readonly before: string | null; readonly after: string | null };
}

/** Everything that the judgement rests on. `install`: the run that installed the candidate's lockfile; undefined when none did. */
export interface DependencyFacts {
  readonly wish: DependencyWish;
  readonly files: DependencyFiles;
  readonly ground: InstallGround;
  readonly install: RunRecord | undefined;
}

const SENSOR = "dependencies";
const MOST_LINES = 200;

/**
 * One observation: the readable difference as its detail, everything that stands against it as findings. Pure.
 * `DEPENDENCY_REFUSED` stops, `DEPENDENCY_FINDING` and `DEPENDENCY_DRIFT` need a person (`@ces/evidence`, blockers).
 */
export function dependencyObservation({ wish, files, ground, install }: DependencyFacts): Observation {
  const installer = installerOf(wish.manager);
  const before = entriesOf(files.lock.path, files.lock.before);
  const after = entriesOf(files.lock.path, files.lock.after);
  if (before === undefined || after === undefined) {
    const state = before === undefined ? "of the base" : "that was written";
    return observe(SENSOR, "high", [refused(files.lock.path, `the lockfile ${state} cannot be read`)]);
  }
  const direct = wish.packages.map(({ name }) => name);
  const judged = judgeDependencyChange({ before, after, direct }, ground);
  const sightings = [
    ...manifestSightings(wish, installer, files.manifest),
    ...missing(wish, installer, { path: files.lock.path, after }),
    ...judgedSightings(judged, files.lock.path),
    ...drift(judged.changes, new Set(direct), files.lock.path),
    ...installSightings(installer, install, files.lock.path),
    ...judged.changes.map((change) => changed(change, files.lock.path)),
  ];
  const seen = observe(SENSOR, "high", sightings);
  return { ...seen, detail: judged.changes.slice(0, MOST_LINES).map(line).join("\n") || "the lockfile is as it was" };
}

/** Undefined when the file is there and cannot be read. */
function entriesOf(path: string, text: string | null): readonly LockEntry[] | undefined {
  if (text === null) return [];
  const reading = readLockfile(path, text);
  return reading?.kind === "read" ? reading.entries : undefined;
}

/** One change as a line: `added left-pad 1.3.0`. */
const line = ({ kind, name, before, after }: LockChange): string =>
  printable([kind, name, ...(before === null ? [] : [before]), ...(after === null ? [] : ["→", after])].join(" "), {
    max: 300,
  });

// What the person asked for must be there, and nothing else of the manifest may have changed.
function manifestSightings(
  wish: DependencyWish,
  installer: Installer,
  { path, before, after }: DependencyFiles["manifest"],
): readonly Sighting[] {
  if (after === null) return [refused(path, "the manifest is gone")];
  const wanted = new Set(wish.packages.map(({ name }) => name));
  const was = requirements(path, before);
  const is = requirements(path, after);
  if (was === undefined || is === undefined) return [refused(path, "the manifest cannot be read")];
  const names = new Set([...was.keys(), ...is.keys()]);
  const beyond = [...names].filter((name) => !wanted.has(name) && was.get(name) !== is.get(name));
  const unmet = wish.packages.filter((one) =>
    wish.action === "add" ? !asksFor(is.get(one.name), one, path) : is.has(one.name),
  );
  return [
    ...beyond.map((name) => refused(path, `the manifest asks for something else than was asked for: ${shown(name)}`)),
    ...unmet.map((one) =>
      refused(
        path,
        `the manifest ${wish.action === "add" ? "does not ask" : "still asks"} for ${shown(specOf(installer, one))}`,
      ),
    ),
    ...(path.endsWith(".json") && !sameBesides(before, after)
      ? [refused(path, "the manifest was changed in more than its dependencies")]
      : []),
  ];
}

function requirements(path: string, text: string | null): ReadonlyMap<string, string> | undefined {
  if (text === null) return new Map();
  const read = manifestRequirements(path, text);
  if (read === undefined) return undefined;
  const all = new Map<string, string>();
  // A name may stand in two tables.
  for (const { name, text: word } of read) all.set(name ?? word, [all.get(name ?? word), word].join(" "));
  return all;
}

// What is pinned by a lockfile may still be a range in the manifest, and move with the next install: npm's tables hold the version itself.
const asksFor = (
  said: string | undefined,
  { name, version }: DependencyWish["packages"][number],
  path: string,
): boolean => said !== undefined && (!path.endsWith(".json") || said.split(" ").includes(`${name}@${version ?? ""}`));

const TABLES: ReadonlySet<string> = new Set(["dependencies", "devDependencies", "optionalDependencies"]);

function sameBesides(before: string | null, after: string): boolean {
  const rest = (text: string | null): string | undefined => {
    const read = parseJson(text ?? "{}");
    if (read.kind !== "parsed" || !isObject(read.value)) return undefined;
    return JSON.stringify(Object.entries(read.value).filter(([name]) => !TABLES.has(name)));
  };
  const was = rest(before);
  return was !== undefined && was === rest(after);
}

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function missing(
  wish: DependencyWish,
  installer: Installer,
  { path, after }: { readonly path: string; readonly after: readonly LockEntry[] },
): readonly Sighting[] {
  if (wish.action === "remove") return [];
  return wish.packages
    .filter(({ name, version }) => !after.some((one) => one.name === name && sameRelease(one.version, version)))
    .map((one) => refused(path, `the lockfile does not pin ${shown(specOf(installer, one))}`));
}

// Go's lockfile writes `v1.2.3`, some write the number alone.
const sameRelease = (left: string | null, right: string | null): boolean =>
  left?.replace(/^v/, "") === right?.replace(/^v/, "");

function judgedSightings({ findings, scripts, faults }: DependencyJudgement, path: string): readonly Sighting[] {
  return [
    ...findings.map((finding) =>
      isStop(finding) ? refused(path, sentence(finding)) : asking(path, sentence(finding)),
    ),
    ...faults.map((text) => asking(path, text)),
    ...(scripts.length === 0
      ? []
      : [
          sighting(path, {
            severity: "medium",
            category: "DEPENDENCY_SCRIPTS",
            title: `${scripts.length} packages have a script that runs at install: ${shown(scripts.join(", "))}`,
            recommendation: "They were not run. Whoever installs without `--ignore-scripts` runs them.",
          }),
        ]),
  ];
}

// Somebody asked for one package; that another moves along with it is theirs to see.
function drift(changes: readonly LockChange[], wanted: ReadonlySet<string>, path: string): readonly Sighting[] {
  return changes
    .filter((change) => !wanted.has(change.name) && (change.kind === "bumped" || change.kind === "moved"))
    .filter((change) => !isTampering(change))
    .map((change) =>
      sighting(path, {
        severity: "high",
        category: "DEPENDENCY_DRIFT",
        title: `a package that nobody asked for changed: ${line(change)}`,
        recommendation: "Ask for it by name, or find out why the lockfile had to change.",
      }),
    );
}

function installSightings(installer: Installer, install: RunRecord | undefined, path: string): readonly Sighting[] {
  if (installer.install === null)
    return [
      asking(path, "the checks ran without the new packages: this ecosystem has no folder of packages to show them"),
    ];
  if (install?.outcome === "completed") return [];
  const why = install?.reason?.text ?? "it was not tried";
  return [refused(path, `what the lockfile pins cannot be installed: ${why}`)];
}

const changed = (change: LockChange, path: string): Sighting =>
  sighting(path, { severity: "info", category: "DEPENDENCY_CHANGED", title: line(change), recommendation: "" });

const refused = (path: string, title: string): Sighting =>
  sighting(path, {
    severity: "critical",
    category: "DEPENDENCY_REFUSED",
    title,
    recommendation: "Do not install it. Find out where it comes from.",
  });

const asking = (path: string, title: string): Sighting =>
  sighting(path, {
    severity: "high",
    category: "DEPENDENCY_FINDING",
    title,
    recommendation: "A person decides whether it is worth it; `ces guard deps grant` remembers that they did.",
  });

type Said = Pick<Sighting, "severity" | "category" | "title" | "recommendation">;

const sighting = (path: string, said: Said): Sighting => ({
  ...said,
  path,
  line: null,
  title: said.title.slice(0, 300),
  description: said.title,
});

const shown = (text: string): string => printable(text, { max: 200 });
