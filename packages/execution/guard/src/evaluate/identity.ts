// Which program a name or a path really is: links component by component, copies made in the same line, inodes, `/proc`, PATH.
import type { EffectKind } from "../effect-kinds.ts";
import type { FileFact } from "../file-facts.ts";
import { foldPath, isWithin, lastName } from "../paths/fold-path.ts";
import { followLinks } from "../paths/follow-links.ts";
import { zoneOf } from "../paths/zones.ts";
import { isDangerousName, profileOf, dangerousNames } from "./profile-book.ts";
import { LIMITS, type Run } from "./run.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";
import { writtenProgram } from "./written-files.ts";

/** What a command word starts. */
export interface Identity {
  /** Names of profiles that judge it; the strictest counts. */
  readonly names: readonly string[];
  /** A file that is judged by its content. */
  readonly file: string | null;
  readonly effects: readonly { readonly kind: EffectKind; readonly what: string }[];
  /** A copy made in this line under another name: what it does is not rewritten, it is refused. */
  readonly copied?: true;
}

const nothing: Identity = { names: [], file: null, effects: [] };
const named = (...names: readonly string[]): Identity => ({ ...nothing, names });

const multiCall: ReadonlySet<string> = new Set(["busybox", "toybox", "coreutils", "sbase-box", "ubase-box"]);

/** Identifies a known command word. */
export function identify(walk: Walker, shell: Shell, word: string): Identity {
  if (shell.elsewhere) return byName(lastName(word));
  return word.includes("/") ? byPath(walk, shell, word) : onPath(walk, shell, word);
}

const byName = (name: string): Identity => (profileOf(name) === undefined ? nothing : named(name));

function onPath(walk: Walker, shell: Shell, name: string): Identity {
  const { run } = walk;
  const dirs = run.path;
  const suspicious =
    dirs === null ? untrusted(run) : dirs === "unknown" ? [] : dirs.filter((dir) => !isSystemDir(run, dir));
  if (dirs === "unknown" && isDangerousName(name)) return named(name);
  for (const dir of suspicious) {
    const path = `${dir}/${name}`;
    const fact = run.facts.lstat(path);
    if (fact === undefined && !run.created.has(path)) continue;
    if (isToolDir(dir)) break;
    if (profileOf(name) !== undefined)
      return {
        ...nothing,
        effects: [{ kind: "bypass.shadowed-name", what: `run \`${path}\` in place of the known program \`${name}\`` }],
      };
    return byPath(walk, shell, path);
  }
  return byName(name);
}

const untrustedOf = new WeakMap<object, readonly string[]>();

// Directories of PATH that others than the system could have written; found once for each setting.
function untrusted(run: Run): readonly string[] {
  const known = untrustedOf.get(run.setting);
  if (known !== undefined) return known;
  const found = run.setting.path.filter((dir) => isOpenDir(run, dir));
  untrustedOf.set(run.setting, found);
  return found;
}

/** True for a directory that everyone or the agent can write: what stands in PATH on the host otherwise is the person's. */
export function isOpenDir(run: Run, dir: string): boolean {
  if (!dir.startsWith("/")) return true;
  const zone = zoneOf(foldPath(dir, "/"), run.setting);
  return zone === "workspace" || zone === "workspace-root" || zone === "temporary";
}

const isSystemDir = (run: Run, dir: string): boolean =>
  dir.startsWith("/") && zoneOf(foldPath(dir, "/"), run.setting) === "system";

/** True for a directory where a project's or a person's tools are installed. */
export const isToolDir = (dir: string): boolean =>
  /\/node_modules\/|\/(?:\.?venv\/bin|\.local\/bin|\.cargo\/bin|go\/bin|\.bun\/bin|\.deno\/bin|\.nvm\/[^:]*|\.pyenv\/[^:]*|\.volta\/bin|\.asdf\/[^:]*)$/.test(
    dir,
  );

function byPath(walk: Walker, shell: Shell, word: string): Identity {
  const found = (shell.cwds.length === 0 ? ["/"] : shell.cwds).map((cwd) => byPathFrom(walk, shell, word, cwd));
  if (/^\/proc\/(?:self|thread-self|\d+)\/exe$/.test(word)) return named("bash");
  const [first, ...rest] = found;
  if (first === undefined) return nothing;
  return rest.reduce(
    (a, b) => ({
      names: [...new Set([...a.names, ...b.names])],
      file: a.file ?? b.file,
      effects: [...a.effects, ...b.effects],
    }),
    first,
  );
}

function byPathFrom({ run }: Walker, shell: Shell, word: string, cwd: string): Identity {
  const raw = word.startsWith("/") ? word : `${cwd}/${word}`;
  const followed = followLinks(raw, run.facts, { last: "follow", cwd });
  const chain = [word, ...followed.links, followed.path ?? ""].map(lastName).filter((name) => name !== "");
  const created = [raw, foldPath(raw, "/"), followed.path ?? ""]
    .map((path) => writtenProgram(run, shell, foldPath(path, cwd)))
    .find((one) => one !== undefined);
  if (created?.copy_of != null) return fromCopy(run, created.copy_of, chain);
  if (created !== undefined) return { ...nothing, file: raw };
  const path = followed.path;
  if (path === null)
    return { ...nothing, effects: [{ kind: "bypass.hidden-name", what: `run \`${word}\`, a loop of links` }] };
  const last = lastName(path);
  // The guard's own command where it is installed: what stands there only the guard's own installation writes.
  if (run.setting.own_names.includes(last) && run.setting.own_places.some((place) => isWithin(path, place)))
    return named(last);
  const invoked = chain.find((name) => !multiCall.has(name) && profileOf(name) !== undefined);
  if (multiCall.has(last)) return named(invoked ?? last);
  if (isLoader(last)) return named("ld-linux.so");
  const trusted = isTrustedFile(run, path);
  if (trusted) return trustedFile(chain, last);
  const twin = inodeTwin(run, followed.fact);
  if (twin !== null) return named(twin);
  // SECURITY: a tool where tools are installed is that tool, `node_modules/.bin/rimraf` deletes. What stands there itself, and is no link
  // into a package, is read besides.
  const called = chain[0] ?? "";
  if (profileOf(called) !== undefined && isToolPath(foldPath(raw, "/"))) {
    const text = followed.links.length === 0 ? run.facts.read(path, LIMITS.script_bytes) : undefined;
    return { ...named(called), file: text === undefined || text.includes("\u0000") ? null : raw };
  }
  // A link out of the workspace to a name with a profile is that program; what lies in the workspace is judged by its content.
  if (followed.links.length > 0 && profileOf(last) !== undefined && !isInside(run, path)) return named(last);
  if (followed.links.length > 0 && followed.fact === undefined && chain.some(isDangerousName))
    return named(chain.find(isDangerousName) ?? last);
  // The starter that a build tool puts into a project is that tool, not a script of the project.
  if (
    isInside(run, path) &&
    (starters.has(last) || (followed.fact === undefined && profileOf(last) !== undefined && isProjectBin(path)))
  )
    return named(last);
  return { ...nothing, file: raw };
}

function trustedFile(chain: readonly string[], last: string): Identity {
  const names = chain.filter((name) => profileOf(name) !== undefined);
  const [first] = names;
  if (first === undefined || profileOf(last) === undefined) return first === undefined ? nothing : named(first);
  // `tools/cleaner -> /bin/rm`: the last name is the program. SECURITY: what it is called counts as well where that is a program's name:
  // `/sbin/reboot -> ../bin/systemctl` reboots.
  return named(...calledAs(chain, last));
}

function calledAs([called = ""]: readonly string[], name: string): readonly string[] {
  return profileOf(called) === undefined || profileOf(called) === profileOf(name) ? [name] : [called, name];
}

// SECURITY: a copy is what it was copied from, whatever it is called: `cp x.sh ls; ./ls` runs `x.sh`.
function fromCopy(run: Run, origin: string, chain: readonly string[]): Identity {
  const name = lastName(origin);
  if (multiCall.has(name))
    return named(chain.find((one) => !multiCall.has(one) && profileOf(one) !== undefined) ?? name);
  return isTrustedFile(run, origin) && profileOf(name) !== undefined
    ? { ...named(...calledAs(chain, name)), copied: true }
    : { ...nothing, file: origin };
}

const isLoader = (name: string): boolean => /^ld(?:-linux|-musl|\.so|-\d)/.test(name);

const isTrustedFile = (run: Run, path: string): boolean => {
  const zone = zoneOf(path, run.setting);
  return zone === "system" && !path.startsWith("/opt/");
};

const isInside = (run: Run, path: string): boolean => run.setting.workspaces.some((root) => isWithin(path, root));

const isToolPath = (path: string): boolean =>
  /\/(?:node_modules\/\.bin|\.?venv\/bin|\.local\/bin|\.cargo\/bin|go\/bin)\/[^/]+$/.test(path);

const starters: ReadonlySet<string> = new Set(["gradlew", "mvnw"]);
const isProjectBin = (path: string): boolean => /\/(?:vendor\/)?bin\/[^/]+$/.test(path);

const inodes = new WeakMap<object, ReadonlyMap<string, string>>();

/** The blocked program that this very file is, under whatever name: a hard link has its inode. */
function inodeTwin(run: Run, fact: FileFact | undefined): string | null {
  // A file of one name is no other program's twin, and the table costs a thousand look-ups.
  if (fact === undefined || fact.kind !== "file" || fact.ino === 0 || fact.links === 1) return null;
  const known = inodes.get(run.setting) ?? inodeTable(run);
  inodes.set(run.setting, known);
  return known.get(`${fact.dev}:${fact.ino}`) ?? null;
}

const MAX_PROGRAMS = 20_000;

function inodeTable(run: Run): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  // `/bin` and `/usr/bin` are one folder on most machines.
  const dirs = new Set(
    run.setting.path.map((dir) => followLinks(dir, run.facts, { last: "follow", cwd: "/" }).path ?? dir),
  );
  for (const dir of dirs) {
    const there = run.facts.list(dir, MAX_PROGRAMS);
    // One look at a folder spares a hundred at its files. What cannot be listed may hold any of them.
    const names = there === undefined ? [...dangerousNames] : there.filter((name) => dangerousNames.has(name));
    for (const name of names) {
      const found = followLinks(`${dir}/${name}`, run.facts, { last: "follow", cwd: "/" });
      if (found.fact?.kind === "file" && !multiCall.has(lastName(found.path ?? "")))
        table.set(`${found.fact.dev}:${found.fact.ino}`, name);
    }
  }
  return table;
}
